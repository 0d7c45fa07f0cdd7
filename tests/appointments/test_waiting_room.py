from datetime import time, timedelta

import pytest
from django.core import signing
from django.db import IntegrityError
from django.utils import timezone

from nobat.appointments.models import WaitingPlace
from nobat.appointments.opening import opening_now
from nobat.appointments.waiting_room import (
    ForeignTicket,
    NoTicket,
    NotYet,
    Ticket,
    TicketUsed,
    forget_old_places,
    read_ticket,
    stand_in_line,
    use_ticket,
)
from tests.build import make_person
from tests.conftest import SATURDAY_8_AM

pytestmark = pytest.mark.django_db
BEFORE = timedelta(minutes=-5)


@pytest.fixture(autouse=True)
def room(settings):
    settings.WAITING_ROOM_OPENINGS = [time(8)]
    settings.WAITING_ROOM_ADMITS = 10


def stand(citizen, after=timedelta()):
    now = SATURDAY_8_AM + after
    return stand_in_line(citizen_id=citizen.pk, opening=opening_now(now), now=now)


def crowd(size):
    return [make_person(mobile=f"+98912111{number:04}") for number in range(size)]


def ticket(citizen, number=1, opening_at=SATURDAY_8_AM):
    return Ticket(opening_at.timestamp(), citizen.pk, number)


def read(text, citizen, after=timedelta(minutes=1)):
    now = SATURDAY_8_AM + after
    return read_ticket(text, citizen_id=citizen.pk, opening=opening_now(now), now=now)


def test_before_the_opening_nobody_has_a_number(sara):
    assert stand(sara, BEFORE) is None
    assert WaitingPlace.objects.count() == 1


def test_who_came_before_the_opening_has_a_place_by_lot_and_not_by_having_come_early():
    people = crowd(30)
    for person in people:
        stand(person, BEFORE)

    numbers = [stand(person) for person in people]

    assert sorted(numbers) == list(range(1, 31))
    assert numbers != sorted(numbers)


def test_a_good_draw_stands_before_a_bad_one_whoever_came_first(sara, reza):
    stand(sara, BEFORE)
    stand(reza, BEFORE)
    WaitingPlace.objects.filter(citizen=sara).update(draw=0.9)
    WaitingPlace.objects.filter(citizen=reza).update(draw=0.1)

    assert (stand(sara), stand(reza)) == (2, 1)


def test_after_the_opening_who_comes_first_stands_first_and_behind_all_who_waited(sara):
    waited = crowd(3)
    for person in waited:
        stand(person, BEFORE)
    late = [make_person(mobile=f"+98912222{number:04}") for number in range(3)]

    numbers = [stand(each, timedelta(seconds=number)) for number, each in enumerate(late)]

    assert numbers == [4, 5, 6]
    assert {stand(person) for person in waited} == {1, 2, 3}


def test_asking_again_never_gives_another_draw_or_number(sara, reza):
    stand(sara, BEFORE)
    draw = WaitingPlace.objects.get().draw
    stand(sara, BEFORE)
    assert WaitingPlace.objects.get().draw == draw

    first = stand(sara)
    stand(reza)
    assert stand(sara, timedelta(minutes=9)) == first
    assert WaitingPlace.objects.count() == 2


def test_a_citizen_has_one_place_whatever_else_fails(sara):
    stand(sara)
    with pytest.raises(IntegrityError):
        WaitingPlace.objects.create(opening=SATURDAY_8_AM, citizen=sara, draw=0.1)


def test_a_ticket_of_ours_is_read_when_its_number_is_let_in(sara):
    shown = ticket(sara, number=20).signed()

    assert read(shown, sara, timedelta(seconds=2)) == ticket(sara, number=20)
    with pytest.raises(NotYet):
        read(shown, sara, timedelta(seconds=1))


def test_a_ticket_that_we_have_not_signed_is_refused(sara):
    with pytest.raises(ForeignTicket):
        read(ticket(sara).signed()[:-1] + "x", sara)
    with pytest.raises(ForeignTicket):  # signed by us, but for something else
        read(signing.dumps(ticket(sara), salt="another"), sara)


def test_a_ticket_of_somebody_else_is_refused(sara, reza):
    with pytest.raises(ForeignTicket):
        read(ticket(reza).signed(), sara)


def test_without_a_ticket_or_with_one_of_yesterday_one_stands_in_line(sara):
    yesterday = ticket(sara, opening_at=SATURDAY_8_AM - timedelta(days=1))
    for shown in ("", yesterday.signed()):
        with pytest.raises(NoTicket):
            read(shown, sara)


def test_a_ticket_is_used_once_and_then_its_citizen_stands_at_the_end(sara, reza):
    number = stand(sara)
    stand(reza)

    use_ticket(ticket(sara, number), timezone.now())

    with pytest.raises(TicketUsed):
        use_ticket(ticket(sara, number), timezone.now())
    assert stand(sara) == 3


def test_places_are_forgotten_a_day_after_their_opening(sara, clock):
    stand(sara)
    assert forget_old_places() == 0
    clock.shift(timedelta(days=1, minutes=1))
    assert forget_old_places() == 1
