from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments.models import Appointment, Objection, Status, Suspension
from nobat.appointments.objection import (
    AlreadyDecided,
    AlreadyObjected,
    NoAnswer,
    WeekIsOver,
    WrongLength,
    accept_objection,
    object_to_suspension,
    refuse_objection,
)
from nobat.journal.models import JournalEntry
from nobat.sms.models import Kind, OutgoingSms
from tests.at_once import at_once
from tests.build import book, miss

TEXT = "همان ساعت در دفتر بودم و برگهٔ صف دارم."


@pytest.fixture
def week(sara, slot, petition, clock):
    """Sara's week without booking, on the evening of Sunday."""
    suspension = miss(book(sara, slot, petition))
    clock.move_to(suspension.starts_at + timedelta(hours=3))
    return suspension


@pytest.fixture
def objection(week, sara):
    return object_to_suspension(suspension=week, text=TEXT, citizen=sara)


def test_an_objection_waits_for_the_association(week, sara, objection):
    kept = Objection.objects.get()
    assert (kept.suspension, kept.text, kept.is_accepted) == (week, TEXT, None)
    assert JournalEntry.objects.latest("pk").act == "objected"
    assert Suspension.objects.get().ended_at is None


def test_the_journal_does_not_repeat_what_the_citizen_wrote(objection):
    assert JournalEntry.objects.latest("pk").details == {"objection": objection.pk}


def test_one_objects_once(week, sara, objection):
    with pytest.raises(AlreadyObjected):
        object_to_suspension(suspension=week, text=TEXT, citizen=sara)


def test_one_objects_while_the_week_runs(week, sara, clock):
    clock.move_to(week.until)
    with pytest.raises(WeekIsOver):
        object_to_suspension(suspension=week, text=TEXT, citizen=sara)


def test_nobody_objects_to_the_week_of_somebody_else(week, reza):
    with pytest.raises(WeekIsOver):
        object_to_suspension(suspension=week, text=TEXT, citizen=reza)


@pytest.mark.parametrize("text", ["", "نه", " " * 30, "ب" * 9, "ب" * 501])
def test_an_objection_has_10_to_500_letters(week, sara, text):
    with pytest.raises(WrongLength):
        object_to_suspension(suspension=week, text=text, citizen=sara)


@pytest.mark.parametrize("text", ["ب" * 10, "ب" * 500])
def test_the_shortest_and_the_longest_are_taken(week, sara, text):
    assert object_to_suspension(suspension=week, text=text, citizen=sara).pk


def test_accepted_the_week_ends_at_once_and_an_sms_says_so(objection, dr_karimi):
    accept_objection(objection=objection, by=dr_karimi, answer="نام شما در دفتر بود.")

    assert Suspension.objects.get().ended_at == timezone.now()
    assert Appointment.objects.get().status == Status.EXCUSED
    assert OutgoingSms.objects.filter(kind=Kind.EXCUSED).count() == 1
    decided = Objection.objects.get()
    assert (decided.is_accepted, decided.decided_by) == (True, dr_karimi)
    assert decided.answer == "نام شما در دفتر بود."
    acts = list(JournalEntry.objects.order_by("pk").values_list("act", flat=True))
    assert acts[-3:] == ["objected", "objection_accepted", "excused"]


def test_refused_the_week_goes_on(objection, dr_karimi):
    refuse_objection(objection=objection, by=dr_karimi, answer="در فهرست آن روز نبودید.")

    assert Suspension.objects.get().ended_at is None
    assert Appointment.objects.get().status == Status.NO_SHOW
    assert not OutgoingSms.objects.filter(kind=Kind.EXCUSED).exists()
    assert JournalEntry.objects.latest("pk").act == "objection_refused"


@pytest.mark.parametrize("decide", [accept_objection, refuse_objection])
@pytest.mark.parametrize("answer", ["", "  ", "ب" * 501])
def test_a_decision_says_why(objection, dr_karimi, decide, answer):
    with pytest.raises(NoAnswer):
        decide(objection=objection, by=dr_karimi, answer=answer)


@pytest.mark.parametrize("first", [accept_objection, refuse_objection])
@pytest.mark.parametrize("second", [accept_objection, refuse_objection])
def test_a_decision_is_made_once(objection, dr_karimi, first, second):
    first(objection=objection, by=dr_karimi, answer="یک بار")
    with pytest.raises(AlreadyDecided):
        second(objection=objection, by=dr_karimi, answer="بار دیگر")
    assert Objection.objects.get().answer == "یک بار"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(4))
def test_accepting_and_refusing_at_once_is_one_decision(objection, dr_karimi, round_):
    found = [Objection.objects.get() for _ in range(4)]

    answers = at_once(
        [
            lambda o=o, decide=decide: decide(objection=o, by=dr_karimi, answer="پاسخ")
            for o, decide in zip(found, [accept_objection, refuse_objection] * 2, strict=True)
        ]
    )

    assert answers.count("AlreadyDecided") == 3
    is_accepted = Objection.objects.get().is_accepted
    assert (Suspension.objects.get().ended_at is not None) == is_accepted


@pytest.mark.django_db(transaction=True)
def test_objecting_in_ten_tabs_is_one_objection(week, sara):
    answers = at_once([lambda: object_to_suspension(suspension=week, text=TEXT, citizen=sara)] * 10)
    assert answers.count("AlreadyObjected") == 9
