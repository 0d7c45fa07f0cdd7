"""Two clerks and one receipt; a deletion in the moment of the check-in; numbers and seats."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, Status
from nobat.schedule.models import Slot
from nobat.visits.check_in import check_in
from nobat.visits.models import Visit
from nobat.visits.walk_in import walk_in
from tests.at_once import at_once
from tests.build import book, make_person, make_slot

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10


def test_of_many_clerks_with_one_receipt_one_checks_in(at_ten, office, maryam):
    pressed = [timezone.now() + timedelta(milliseconds=each) for each in range(10)]
    act = partial(check_in, appointment=at_ten, office=office, by=maryam)

    answers = at_once([partial(act, pressed_at=moment) for moment in pressed])

    assert sorted(map(str, answers)).count("AlreadyHere") == 9
    assert Visit.objects.count() == 1


def test_of_a_check_in_and_a_deletion_in_one_moment_one_is_done(office, petition, maryam, clock):
    slot = make_slot(office, "12:00", capacity=ROUNDS)
    appointments = [
        book(make_person(mobile=f"+98913111{number:04}"), slot, petition)
        for number in range(ROUNDS)
    ]
    clock.move_to(slot.starts_at - timedelta(hours=1))

    for appointment in appointments:
        citizen = appointment.citizen
        at_once(
            [
                partial(check_in, appointment=appointment, office=office, by=maryam),
                partial(cancel_appointment, appointment=appointment, by=citizen),
            ]
        )

    came = Appointment.objects.filter(status=Status.CHECKED_IN)
    assert {visit.appointment for visit in Visit.objects.all()} == set(came)
    deleted = Appointment.objects.filter(status=Status.CANCELLED_BY_CITIZEN)
    assert came.count() + deleted.count() == ROUNDS
    assert Slot.objects.get().taken == came.count()


def test_no_number_is_given_twice(office, maryam):
    at_once([partial(walk_in, office=office, by=maryam)] * 20)

    numbers = Visit.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 21))


def test_one_seat_is_given_to_one(at_ten, office, maryam, clock):
    clock.shift(timedelta(hours=1))

    answers = at_once([partial(walk_in, office=office, by=maryam, in_place_of=at_ten)] * 10)

    assert answers.count("SeatNotFree") == 9
    assert Visit.objects.get().in_place_of == at_ten
