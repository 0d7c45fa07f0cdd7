"""At the opening everybody asks for the own number in the same moment."""

from datetime import time, timedelta
from threading import Barrier

import pytest
from django.db import transaction

from nobat.appointments.models import WaitingPlace
from nobat.appointments.opening import opening_now
from nobat.appointments.waiting_room import Ticket, stand_in_line, use_ticket
from tests.at_once import at_once
from tests.build import make_person
from tests.conftest import SATURDAY_8_AM

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 12


@pytest.fixture(autouse=True)
def room(settings):
    settings.WAITING_ROOM_OPENINGS = [time(8)]


def stand(citizen, after=timedelta()):
    now = SATURDAY_8_AM + after
    return stand_in_line(citizen_id=citizen.pk, opening=opening_now(now), now=now)


def test_each_number_is_given_once_to_those_who_waited_and_those_who_come():
    people = [make_person(mobile=f"+98912111{number:04}") for number in range(AT_ONCE)]
    for person in people[: AT_ONCE // 2]:
        stand(person, timedelta(minutes=-1))

    numbers = at_once([lambda person=person: stand(person) for person in people])

    assert sorted(numbers) == list(range(1, AT_ONCE + 1))
    assert set(numbers[: AT_ONCE // 2]) == set(range(1, AT_ONCE // 2 + 1))


def test_none_who_comes_in_the_same_moment_gets_the_number_of_another():
    people = [make_person(mobile=f"+98912111{number:04}") for number in range(AT_ONCE)]
    all_have_come = Barrier(AT_ONCE)

    def come(person):
        with transaction.atomic():  # so that none sees the others before it has a number
            WaitingPlace.objects.create(opening=SATURDAY_8_AM, citizen=person, draw=1)
            all_have_come.wait()
            return stand(person)

    numbers = at_once([lambda person=person: come(person) for person in people])

    assert sorted(numbers) == list(range(1, AT_ONCE + 1))


def test_many_devices_of_one_citizen_get_one_place(sara):
    numbers = at_once([lambda: stand(sara) for _ in range(AT_ONCE)])

    assert set(numbers) == {1}
    assert WaitingPlace.objects.count() == 1


def test_of_many_who_use_one_ticket_one_can(sara):
    ticket = Ticket(SATURDAY_8_AM.timestamp(), sara.pk, stand(sara))

    said = at_once([lambda: use_ticket(ticket, SATURDAY_8_AM) for _ in range(AT_ONCE)])

    assert sorted(said, key=str) == [None] + ["TicketUsed"] * (AT_ONCE - 1)
