import pytest

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, NotPossibleNow, Status, Suspension
from nobat.journal.models import JournalEntry
from nobat.schedule.models import Slot
from nobat.sms.models import Kind, OutgoingSms
from tests.build import book, close, make_slot, move


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


def test_after_deleting_the_same_hour_can_be_booked_again(sara, slot, petition):
    cancel_appointment(appointment=book(sara, slot, petition), by=sara)

    assert book(sara, slot, petition).status == Status.BOOKED
    slot.refresh_from_db()
    assert slot.taken == 1


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
