from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.book import SlotFull
from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, NotPossibleNow, Status, Suspension
from nobat.journal.models import JournalEntry
from nobat.schedule.models import Hold, Slot
from nobat.sms.models import Kind, OutgoingSms
from tests.build import TOMORROW, book, close, make_slot, move


def test_deleting_frees_the_seat_writes_it_down_and_tells_the_citizen(sara, slot, petition):
    appointment = book(sara, slot, petition)

    cancel_appointment(appointment=appointment, by=sara)

    slot.refresh_from_db()
    assert (slot.taken, slot.is_open) == (0, True)
    assert Appointment.objects.get().status == Status.CANCELLED_BY_CITIZEN
    assert JournalEntry.objects.latest("pk").act == "cancelled_by_citizen"
    assert OutgoingSms.objects.latest("pk").kind == Kind.CANCELLED
    assert not Suspension.objects.exists()


def test_deleting_frees_both_seats_of_two_turns(sara, office, petition):
    first = make_slot(office, "09:00")
    make_slot(office, "09:30")

    cancel_appointment(appointment=book(sara, first, petition, cases=4), by=sara)

    assert not Slot.objects.filter(taken__gt=0).exists()


def test_deleting_twice_frees_one_seat(sara, reza, office, petition):
    slot = make_slot(office, "09:00", capacity=2)
    book(reza, slot, petition)
    appointment = book(sara, slot, petition)
    cancel_appointment(appointment=appointment, by=sara)

    with pytest.raises(NotPossibleNow):
        cancel_appointment(appointment=appointment, by=sara)

    slot.refresh_from_db()
    assert slot.taken == 1


def test_deleting_is_possible_until_the_hour(sara, slot, petition, clock):
    appointment = book(sara, slot, petition)
    clock.move_to(slot.starts_at)

    with pytest.raises(NotPossibleNow):
        cancel_appointment(appointment=appointment, by=sara)

    assert Appointment.objects.get().status == Status.BOOKED


def test_nobody_can_book_a_deleted_hour_at_once_nor_knows_when(sara, reza, slot, petition, clock):
    cancel_appointment(appointment=book(sara, slot, petition), by=sara)
    comes_back_at, (soonest, latest) = Hold.objects.get().until, policy.SEAT_COMES_BACK_AFTER
    assert soonest <= comes_back_at - timezone.now() <= latest

    for citizen in (reza, sara):
        with pytest.raises(SlotFull):
            book(citizen, slot, petition)

    clock.move_to(comes_back_at)
    assert book(reza, slot, petition).status == Status.BOOKED
    slot.refresh_from_db()
    assert slot.taken == 1


def test_other_free_seats_of_the_hour_can_be_booked_meanwhile(sara, reza, office, petition):
    slot = make_slot(office, "09:00", capacity=2)
    cancel_appointment(appointment=book(sara, slot, petition), by=sara)

    assert book(reza, slot, petition).status == Status.BOOKED


def test_both_hours_of_two_turns_come_back_at_the_same_moment(sara, office, petition):
    first = make_slot(office, "09:00")
    after = make_slot(office, "09:30")

    cancel_appointment(appointment=book(sara, first, petition, cases=4), by=sara)

    assert {hold.slot for hold in Hold.objects.all()} == {first, after}
    assert len({hold.until for hold in Hold.objects.all()}) == 1


def test_an_hour_of_today_that_nobody_can_book_is_not_kept(sara, slot, petition, clock):
    appointment = book(sara, slot, petition)
    clock.move_to(slot.starts_at - timedelta(minutes=1))

    cancel_appointment(appointment=appointment, by=sara)

    assert not Hold.objects.exists()


def test_a_proposed_hour_that_is_not_wanted_comes_back_in_the_same_way(
    sara, reza, slot, petition, bahram, office, clock
):
    appointment = book(sara, slot, petition)
    there = make_slot(office, "10:00", day=TOMORROW + timedelta(days=1))
    close(office, by=bahram)

    cancel_appointment(appointment=appointment, by=sara)

    with pytest.raises(SlotFull):
        book(reza, there, petition)
    clock.shift(policy.SEAT_COMES_BACK_AFTER[1])
    assert book(reza, there, petition).status == Status.BOOKED


def test_a_stale_page_gives_back_the_seat_that_is_held_now(sara, slot, petition):
    stale = book(sara, slot, petition)
    later = make_slot(slot.office, "11:00")
    move(Appointment.objects.get(), later)

    cancel_appointment(appointment=stale, by=sara)

    assert not Slot.objects.filter(taken__gt=0).exists()


def test_one_that_a_closure_displaced_can_be_deleted_at_any_time_and_gives_back_no_seat(
    sara, reza, bahram, office, petition, clock
):
    slot = make_slot(office, "10:00", capacity=2)
    appointment = book(sara, slot, petition)
    here = book(reza, slot, petition)
    Appointment.objects.filter(pk=here.pk).update(status=Status.CHECKED_IN)
    close(office, by=bahram)
    clock.move_to(slot.ends_at)

    cancel_appointment(appointment=appointment, by=sara)

    slot.refresh_from_db()
    assert slot.taken == 1
    appointment.refresh_from_db()
    assert appointment.status == Status.CANCELLED_BY_CITIZEN
    assert OutgoingSms.objects.latest("pk").kind == Kind.CANCELLED
