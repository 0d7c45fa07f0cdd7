from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments.book import Suspended
from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, NotPossibleNow, Status, Suspension
from nobat.appointments.no_show import mark_no_show
from nobat.journal.models import JournalEntry
from nobat.schedule.models import Slot
from nobat.sms.models import Kind, OutgoingSms
from nobat.sms.texts import text_of
from tests.build import TOMORROW, book, make_office, make_slot, make_visit, move

WEEK = timedelta(days=7)


@pytest.fixture
def missed(sara, slot, petition, clock):
    """Sara's appointment of Sunday at ten, when its hour is over."""
    appointment = book(sara, slot, petition)
    clock.move_to(slot.ends_at + timedelta(hours=2))
    return appointment


def test_who_does_not_come_books_nothing_for_a_week_in_any_office(missed, sara, petition):
    mark_no_show(appointment=missed)

    suspension = Suspension.objects.get(citizen=sara, cause=missed)
    assert (suspension.starts_at, suspension.until) == (timezone.now(), timezone.now() + WEEK)
    elsewhere = make_slot(make_office("1022", services=[petition]), "10:00", day=TOMORROW + WEEK)
    with pytest.raises(Suspended):
        book(sara, elsewhere, petition)


def test_after_the_week_booking_is_open_again(missed, sara, office, petition, clock):
    mark_no_show(appointment=missed)
    clock.shift(WEEK)

    later = make_slot(office, "10:00", day=TOMORROW + WEEK * 2)
    assert book(sara, later, petition).status == Status.BOOKED


def test_the_seat_of_a_no_show_is_given_back(missed, slot):
    mark_no_show(appointment=missed)

    slot.refresh_from_db()
    assert slot.taken == 0
    assert Appointment.objects.get().status == Status.NO_SHOW


def test_both_seats_of_two_turns_are_given_back(sara, office, petition, clock):
    first = make_slot(office, "09:00")
    make_slot(office, "09:30")
    appointment = book(sara, first, petition, cases=4)
    clock.shift(timedelta(days=2))
    mark_no_show(appointment=appointment)
    assert not Slot.objects.filter(taken__gt=0).exists()


def test_one_sms_says_until_when_and_how_to_object(missed, sara):
    mark_no_show(appointment=missed)

    sms = OutgoingSms.objects.get(kind=Kind.NO_SHOW)
    text = text_of(sms.kind, sms.params)
    assert sms.to == sara.mobile
    assert "برای نوبت یکشنبه ۱۳ اردیبهشت ساعت ۱۰:۰۰ به دفتر نارنجستان نیامدید" in text
    assert "تا یکشنبه ۲۰ اردیبهشت ساعت ۱۲:۳۰" in text
    assert "اعتراض" in text


def test_the_journal_knows_the_no_show_and_the_week(missed, sara, maryam):
    mark_no_show(appointment=missed, by=maryam)

    no_show, suspended = JournalEntry.objects.order_by("pk")[1:]
    assert (no_show.act, no_show.by) == ("no_show", f"people.Person:{maryam.pk}")
    assert (suspended.act, suspended.subject) == ("suspended", f"people.Person:{sara.pk}")
    assert suspended.details["appointment"] == missed.pk


def test_marking_twice_is_one_week_and_one_sms(missed):
    mark_no_show(appointment=missed)
    with pytest.raises(NotPossibleNow):
        mark_no_show(appointment=missed)

    assert Suspension.objects.count() == 1
    assert OutgoingSms.objects.filter(kind=Kind.NO_SHOW).count() == 1


def test_nobody_is_missed_before_the_hour_is_over(sara, slot, petition, clock):
    appointment = book(sara, slot, petition)
    clock.move_to(slot.ends_at - timedelta(seconds=1))
    with pytest.raises(NotPossibleNow):
        mark_no_show(appointment=appointment)
    assert not Suspension.objects.exists()


def test_who_came_is_not_missed(missed, office, maryam):
    make_visit(office, appointment=Appointment.objects.get(), by=maryam)
    with pytest.raises(NotPossibleNow):
        mark_no_show(appointment=missed)
    assert not Suspension.objects.exists()


def test_who_moved_is_not_missed_at_the_old_hour(sara, slot, office, petition, clock):
    stale = book(sara, slot, petition)
    move(Appointment.objects.get(), make_slot(office, "10:00", day=TOMORROW + WEEK))
    clock.move_to(slot.ends_at + timedelta(hours=2))
    with pytest.raises(NotPossibleNow):
        mark_no_show(appointment=stale)
    assert Appointment.objects.get().status == Status.BOOKED


def test_who_deleted_is_not_missed(sara, slot, petition, clock):
    stale = book(sara, slot, petition)
    cancel_appointment(appointment=Appointment.objects.get(), by=sara)
    clock.move_to(slot.ends_at + timedelta(hours=2))
    with pytest.raises(NotPossibleNow):
        mark_no_show(appointment=stale)
    assert not Suspension.objects.exists()


def test_an_appointment_has_one_week_at_most(missed, slot):
    mark_no_show(appointment=missed)
    Suspension.objects.update(ended_at=timezone.now())
    Appointment.objects.update(status=Status.BOOKED)  # whatever brought it back
    Slot.objects.update(taken=1)
    with pytest.raises(NotPossibleNow):
        mark_no_show(appointment=missed)


def test_a_no_show_that_cannot_be_told_did_not_happen(missed, monkeypatch, slot):
    def fails(**_):
        raise RuntimeError

    monkeypatch.setattr("nobat.appointments.no_show.queue_sms", fails)
    with pytest.raises(RuntimeError):
        mark_no_show(appointment=missed)
    slot.refresh_from_db()
    assert slot.taken == 1
    assert Appointment.objects.get().status == Status.BOOKED
    assert not Suspension.objects.exists()
