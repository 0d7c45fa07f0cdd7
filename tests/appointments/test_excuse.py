from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments.excuse import (
    CAME_AFTER_ALL,
    check_in_late,
    excuse_no_show,
    spare_from_no_show,
)
from nobat.appointments.models import Appointment, NotPossibleNow, Status, Suspension
from nobat.appointments.no_show import mark_no_show
from nobat.appointments.objection import object_to_suspension
from nobat.journal.models import JournalEntry
from nobat.schedule.models import Slot
from nobat.sms.models import Kind, OutgoingSms
from nobat.sms.texts import text_of
from tests.build import TOMORROW, book, make_slot

WHY = "برق دفتر رفته بود"


@pytest.fixture
def over(sara, slot, petition, clock):
    """Sara's appointment of Sunday at ten, when its hour is over."""
    appointment = book(sara, slot, petition)
    clock.move_to(slot.ends_at + timedelta(hours=2))
    return appointment


@pytest.fixture
def missed(over):
    mark_no_show(appointment=over)
    return over


def excuse(appointment, by):
    excuse_no_show(appointment=appointment, reason=WHY, by=by)


def test_the_week_ends_at_once(missed, sara, dr_karimi, office, petition):
    excuse(missed, dr_karimi)

    assert Suspension.objects.get().ended_at == timezone.now()
    later = make_slot(office, "10:00", day=TOMORROW + timedelta(days=2))
    assert book(sara, later, petition).status == Status.BOOKED


def test_the_citizen_reads_why(missed, dr_karimi):
    excuse(missed, dr_karimi)
    appointment = Appointment.objects.get()
    assert (appointment.status, appointment.reason) == (Status.EXCUSED, WHY)


def test_one_sms_says_that_booking_is_open_again(missed, sara, dr_karimi):
    excuse(missed, dr_karimi)
    sms = OutgoingSms.objects.get(kind=Kind.EXCUSED)
    assert sms.to == sara.mobile
    assert "دوباره می‌توانید نوبت اینترنتی بگیرید" in text_of(sms.kind, sms.params)


def test_while_another_week_runs_the_sms_does_not_promise_too_much(
    sara, office, petition, dr_karimi, clock
):
    both = [book(sara, make_slot(office, hour), petition) for hour in ("09:00", "10:00")]
    clock.shift(timedelta(days=2))
    for appointment in both:
        mark_no_show(appointment=appointment)
    excuse(both[0], dr_karimi)

    sms = OutgoingSms.objects.get(kind=Kind.EXCUSED)
    assert "تا دوشنبه ۲۱ اردیبهشت ساعت ۰۸:۰۰ هنوز نوبت اینترنتی نمی‌گیرید" in (
        text_of(sms.kind, sms.params)
    )


def test_the_journal_says_who_excused_and_why(missed, dr_karimi):
    excuse(missed, dr_karimi)
    entry = JournalEntry.objects.latest("pk")
    assert (entry.act, entry.by) == ("excused", f"people.Person:{dr_karimi.pk}")
    assert entry.details == {"why": WHY}


def test_a_week_that_is_over_ends_no_later_than_it_did(missed, dr_karimi, clock):
    clock.shift(timedelta(days=20))
    excuse(missed, dr_karimi)
    suspension = Suspension.objects.get()
    assert suspension.ended_at == suspension.until


def test_an_open_objection_has_its_answer_with_it(missed, sara, dr_karimi):
    week = Suspension.objects.get()
    objection = object_to_suspension(suspension=week, text="در دفتر بودم", citizen=sara)
    excuse(missed, dr_karimi)
    objection.refresh_from_db()
    assert (objection.is_accepted, objection.answer) == (True, WHY)


def test_excusing_twice_is_one_sms(missed, dr_karimi):
    excuse(missed, dr_karimi)
    with pytest.raises(NotPossibleNow):
        excuse(missed, dr_karimi)
    assert OutgoingSms.objects.filter(kind=Kind.EXCUSED).count() == 1


def test_only_a_no_show_is_excused(over, dr_karimi):
    with pytest.raises(NotPossibleNow):
        excuse(over, dr_karimi)


# ----------------------------------------------------------------- they had come after all
def test_a_late_check_in_ends_the_week_and_holds_the_seat_again(missed, slot, maryam):
    check_in_late(appointment=missed, by=maryam)

    slot.refresh_from_db()
    assert slot.taken == 1
    assert Appointment.objects.get().status == Status.CHECKED_IN
    assert Suspension.objects.get().ended_at == timezone.now()
    assert OutgoingSms.objects.filter(kind=Kind.EXCUSED).count() == 1


def test_a_late_check_in_answers_an_objection(missed, sara, maryam):
    week = Suspension.objects.get()
    object_to_suspension(suspension=week, text="در دفتر بودم", citizen=sara)
    check_in_late(appointment=missed, by=maryam)
    week.objection.refresh_from_db()
    assert week.objection.answer == CAME_AFTER_ALL


def test_a_late_check_in_is_in_the_journal(missed, maryam):
    check_in_late(appointment=missed, by=maryam)
    entry = JournalEntry.objects.latest("pk")
    assert (entry.act, entry.details) == ("checked_in", {"late": True})


def test_whoever_was_not_missed_is_not_checked_in_late(over, maryam, slot):
    with pytest.raises(NotPossibleNow):
        check_in_late(appointment=over, by=maryam)
    slot.refresh_from_db()
    assert slot.taken == 1


# ------------------------------------------------------------------ nobody was told anything
def test_who_is_spared_hears_nothing_and_has_no_week(over, slot):
    spare_from_no_show(appointment=over, reason=WHY, by=None)

    appointment = Appointment.objects.get()
    assert (appointment.status, appointment.reason) == (Status.EXCUSED, WHY)
    assert not Suspension.objects.exists()
    assert OutgoingSms.objects.count() == 1  # of the booking
    assert not Slot.objects.filter(taken__gt=0).exists()


def test_nobody_is_spared_before_the_hour_is_over(sara, slot, petition):
    appointment = book(sara, slot, petition)
    with pytest.raises(NotPossibleNow):
        spare_from_no_show(appointment=appointment, reason=WHY, by=None)


def test_a_no_show_is_not_spared_but_excused(missed):
    with pytest.raises(NotPossibleNow):
        spare_from_no_show(appointment=missed, reason=WHY, by=None)


def test_a_long_reason_is_cut_to_what_fits(over):
    spare_from_no_show(appointment=over, reason="ب" * 200, by=None)
    assert len(Appointment.objects.get().reason) == 120
