from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments.end_suspension import NoReason, NotRunning, end_suspension
from nobat.appointments.models import Objection, Status, Suspension
from nobat.appointments.objection import accept_objection, object_to_suspension
from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.journal.record import name_of
from nobat.sms.models import Kind, OutgoingSms
from nobat.visits.integrity import check_integrity
from tests.build import TOMORROW, book, make_slot, miss

REASON = "آن روز خیابان بسته بود"


@pytest.fixture
def week(sara, slot, petition, clock):
    """Sara's week without booking, on the evening of Sunday."""
    suspension = miss(book(sara, slot, petition))
    clock.move_to(suspension.starts_at + timedelta(hours=3))
    return suspension


def test_the_week_ends_at_once_and_the_citizen_books_again(
    week, sara, office, petition, dr_karimi, clock
):
    end_suspension(suspension=week, reason=f" {REASON} ", by=dr_karimi)

    week.refresh_from_db()
    assert week.ended_at == timezone.now()
    week.cause.refresh_from_db()
    assert (week.cause.status, week.cause.reason) == (Status.EXCUSED, REASON)
    later = make_slot(office, "11:00", day=TOMORROW + timedelta(days=1))
    assert book(sara, later, petition).status == Status.BOOKED


def test_the_journal_says_who_ended_it_and_why(week, dr_karimi):
    end_suspension(suspension=week, reason=REASON, by=dr_karimi)

    entry = JournalEntry.objects.get(act=Act.SUSPENSION_ENDED)
    assert (entry.subject, entry.by) == (name_of(week.cause), name_of(dr_karimi))
    assert entry.details == {"why": REASON}
    assert JournalEntry.objects.get(act=Act.EXCUSED).subject == name_of(week.cause)


def test_the_citizen_hears_of_it_by_one_sms(week, dr_karimi):
    end_suspension(suspension=week, reason=REASON, by=dr_karimi)

    assert OutgoingSms.objects.filter(kind=Kind.EXCUSED).count() == 1


def test_an_objection_that_waits_is_accepted_by_it(week, sara, dr_karimi):
    object_to_suspension(suspension=week, text="در دفتر بودم و نامم خوانده نشد.", citizen=sara)
    end_suspension(suspension=week, reason=REASON, by=dr_karimi)

    objection = Objection.objects.get()
    assert (objection.is_accepted, objection.answer) == (True, REASON)
    assert objection.decided_by == dr_karimi


@pytest.mark.django_db(transaction=True)
def test_what_is_always_true_stays_true(week, dr_karimi):
    end_suspension(suspension=week, reason=REASON, by=dr_karimi)

    assert Suspension.objects.running(timezone.now()).count() == 0
    assert [str(finding) for finding in check_integrity() if finding.rows] == []


def test_a_week_that_is_over_is_left_alone(week, dr_karimi, clock):
    clock.move_to(week.until)
    with pytest.raises(NotRunning):
        end_suspension(suspension=week, reason=REASON, by=dr_karimi)
    week.cause.refresh_from_db()
    assert week.cause.status == Status.NO_SHOW


def test_what_somebody_else_ended_is_not_ended_again(week, sara, dr_karimi):
    objection = object_to_suspension(suspension=week, text="در دفتر بودم و دیدم.", citizen=sara)
    accept_objection(objection=objection, by=dr_karimi, answer="پذیرفته شد")
    with pytest.raises(NotRunning):
        end_suspension(suspension=week, reason=REASON, by=dr_karimi)
    assert not JournalEntry.objects.filter(act=Act.SUSPENSION_ENDED).exists()


@pytest.mark.parametrize("reason", ["", "  ", "ب" * 121])
def test_it_is_not_ended_without_a_reason(week, dr_karimi, reason):
    with pytest.raises(NoReason):
        end_suspension(suspension=week, reason=reason, by=dr_karimi)
    week.refresh_from_db()
    assert week.ended_at is None
