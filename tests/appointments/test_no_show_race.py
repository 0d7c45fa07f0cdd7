"""The evening, while citizens book, move and delete."""

from datetime import timedelta
from threading import Event

import pytest
import time_machine
from django.utils import timezone

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, Status, Suspension
from nobat.appointments.no_show import mark_no_show
from nobat.schedule.models import Slot
from nobat.schedule.seats import give_back
from nobat.sms.models import Kind, OutgoingSms
from tests.at_once import at_once
from tests.build import TOMORROW, book, make_slot, move

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = pytest.mark.parametrize("round_", range(6))
DAY_AFTER = TOMORROW + timedelta(days=3)


def test_a_booking_in_the_middle_of_a_no_show_waits_and_is_refused(
    sara, office, petition, monkeypatch
):
    missed = an_appointment_that_is_over(sara, office, petition)
    later = make_slot(office, "10:00", day=DAY_AFTER)
    in_the_middle, booking_is_over = Event(), Event()

    def give_back_while_somebody_books(slot_ids):
        in_the_middle.set()
        booking_is_over.wait(0.5)  # in vain, because it waits for us
        give_back(slot_ids)

    def book_meanwhile():
        in_the_middle.wait()
        try:
            return book(sara, later, petition)
        finally:
            booking_is_over.set()

    monkeypatch.setattr("nobat.appointments.no_show.give_back", give_back_while_somebody_books)
    _, answer = at_once([lambda: mark_no_show(appointment=missed), book_meanwhile])

    assert answer == "Suspended"


@ROUNDS
def test_a_booking_of_the_same_moment_is_before_the_week_or_refused(sara, office, petition, round_):
    missed = an_appointment_that_is_over(sara, office, petition)
    slots = [make_slot(office, f"{hour:02}:00", day=DAY_AFTER) for hour in range(8, 12)]

    with time_machine.travel(timezone.now(), tick=True):
        at_once(
            [lambda slot=slot: book(sara, slot, petition) for slot in slots[:2]]
            + [lambda: mark_no_show(appointment=missed)]
            + [lambda slot=slot: book(sara, slot, petition) for slot in slots[2:]]
        )

    suspension = Suspension.objects.get()
    for appointment in Appointment.objects.filter(status=Status.BOOKED):
        assert appointment.booked_at < suspension.starts_at


@ROUNDS
def test_six_workers_find_the_same_absence_once(sara, office, petition, round_):
    missed = an_appointment_that_is_over(sara, office, petition)
    found = [Appointment.objects.get(pk=missed.pk) for _ in range(6)]

    answers = at_once([lambda a=a: mark_no_show(appointment=a) for a in found])

    assert answers.count("NotPossibleNow") == 5
    assert Suspension.objects.count() == 1
    assert OutgoingSms.objects.filter(kind=Kind.NO_SHOW).count() == 1
    assert not Slot.objects.filter(taken__gt=0).exists()


@ROUNDS
def test_deleting_moving_and_missing_at_once_give_back_every_seat_once(
    sara, office, petition, round_
):
    book(sara, make_slot(office, "10:00"), petition)
    free = make_slot(office, "11:00")
    found = [Appointment.objects.get() for _ in range(4)]
    after = found[0].ends_at + timedelta(hours=2)

    at_once(
        [lambda: cancel_appointment(appointment=found[0], by=sara)]
        + [lambda a=a: mark_no_show(appointment=a, now=after) for a in found[1:3]]
        + [lambda: move(found[3], free)]
    )

    [appointment] = Appointment.objects.all()
    assert appointment.status in {Status.NO_SHOW, Status.CANCELLED_BY_CITIZEN}
    assert Suspension.objects.count() == (appointment.status == Status.NO_SHOW)
    assert not Slot.objects.filter(taken__gt=0).exists()


def an_appointment_that_is_over(citizen, office, petition):
    appointment = book(citizen, make_slot(office, "10:00"), petition)
    back = timedelta(days=3)
    Slot.objects.filter(pk=appointment.slot_id).update(
        day=TOMORROW - back,
        starts_at=appointment.starts_at - back,
        ends_at=appointment.ends_at - back,
    )
    Appointment.objects.filter(pk=appointment.pk).update(
        day=TOMORROW - back,
        starts_at=appointment.starts_at - back,
        ends_at=appointment.ends_at - back,
        booked_at=appointment.booked_at - back,
    )
    return Appointment.objects.get(pk=appointment.pk)
