from datetime import time, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nobat.appointments.models import Appointment, WaitingPlace
from nobat.appointments.waiting_room import Ticket
from tests.build import TOMORROW, book, make_slot, sign_in
from tests.conftest import SATURDAY_8_AM

pytestmark = pytest.mark.django_db
ROOM = "/waiting-room/"
DAY = timedelta(days=1)


@pytest.fixture
def room(settings, clock):
    """On since eight; a minute later."""
    settings.WAITING_ROOM_OPENINGS = [time(8)]
    settings.WAITING_ROOM_ADMITS = 10
    clock.shift(timedelta(minutes=1))


@pytest.fixture
def sara_browses(client, sara):
    return sign_in(client, sara)


def address(slot):
    return f"/offices/{slot.office.code}/book/?slot={slot.pk}&service=petition&cases=1"


def press(client, slot, key=None):
    return client.post(address(slot), form(slot, key))


def form(slot, key=None):
    return {"slot": slot.pk, "service": "petition", "cases": 1, "key": key or uuid4()}


def shows(client, citizen, number=1):
    client.cookies["ticket"] = Ticket(SATURDAY_8_AM.timestamp(), citizen.pk, number).signed()


def test_while_no_room_is_on_booking_asks_not_one_statement_more(sara_browses, slot, settings):
    days = [make_slot(slot.office, "11:00", day=TOMORROW + DAY * number) for number in (1, 2)]
    forms = [(address(hour), form(hour)) for hour in days]
    press(sara_browses, slot)
    asked = []
    for openings, (where, values) in zip(([], [time(12)]), forms, strict=True):
        settings.WAITING_ROOM_OPENINGS = openings
        with CaptureQueriesContext(connection) as statements:
            sara_browses.post(where, values)
        asked.append(len(statements))

    assert asked == [1, 1]
    assert Appointment.objects.count() == 3


def test_who_has_not_waited_stands_in_line_and_comes_back_to_the_same_choice(
    room, sara_browses, slot
):
    answer = press(sara_browses, slot)

    assert not Appointment.objects.exists()
    assert urlsplit(answer["Location"]).path == ROOM
    onward = sara_browses.get(answer["Location"])
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [onward["Location"]]
    assert onward["Location"] == address(slot)
    assert press(sara_browses, slot)["Location"].startswith("/my/appointments/")


def test_a_booking_uses_the_ticket_up_and_the_next_one_begins_in_line(room, sara_browses, slot):
    later = make_slot(slot.office, "12:00")
    sara_browses.get(ROOM)
    press(sara_browses, slot)
    assert WaitingPlace.objects.get().used_at

    assert press(sara_browses, later)["Location"].startswith(ROOM)
    assert Appointment.objects.count() == 1


def test_a_refused_booking_does_not_use_it_up(room, sara_browses, slot, reza, petition):
    book(reza, slot, petition)
    sara_browses.get(ROOM)

    assert press(sara_browses, slot).status_code == 409
    assert WaitingPlace.objects.get().used_at is None
    assert press(sara_browses, make_slot(slot.office, "12:00")).status_code == 302
    assert WaitingPlace.objects.get().used_at


def test_pressed_twice_it_is_booked_once_and_said_twice(room, sara_browses, slot, sara):
    sara_browses.get(ROOM)
    key = uuid4()
    first = press(sara_browses, slot, key)
    shows(sara_browses, sara)

    assert press(sara_browses, slot, key)["Location"] == first["Location"]
    assert Appointment.objects.count() == 1


def test_a_used_ticket_takes_no_seat_and_shows_the_way_into_the_line(
    room, sara_browses, slot, sara
):
    sara_browses.get(ROOM)
    press(sara_browses, slot)
    shows(sara_browses, sara)

    answer = press(sara_browses, make_slot(slot.office, "12:00"))

    assert answer.status_code == 409
    assert "به کار رفته" in answer.content.decode()
    assert f'href="{ROOM}?next=' in answer.content.decode()
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(("whose", "number"), [("sara", 601), ("reza", 1)])
def test_one_that_is_early_or_of_somebody_else_is_refused_in_words(
    room, sara_browses, slot, sara, reza, whose, number
):
    shows(sara_browses, {"sara": sara, "reza": reza}[whose], number)

    answer = press(sara_browses, slot)

    assert answer.status_code == 403
    assert "به اتاق انتظار" in answer.content.decode()
    assert f'href="{ROOM}?next=' in answer.content.decode()
    assert not Appointment.objects.exists()


def test_a_forged_one_is_refused_in_words(room, sara_browses, slot):
    sara_browses.cookies["ticket"] = "forged:1"
    assert press(sara_browses, slot).status_code == 403


def test_moving_takes_a_seat_too(room, sara_browses, slot, sara, petition):
    mine = book(sara, slot, petition)
    there = make_slot(slot.office, "12:00")
    asked = f"/my/appointments/{mine.reference}/move/?slot={there.pk}&service=petition&cases=1"

    assert sara_browses.post(asked, form(there))["Location"].startswith(ROOM)
    sara_browses.get(ROOM)
    sara_browses.post(asked, form(there))

    mine.refresh_from_db()
    assert mine.slot == there
    assert WaitingPlace.objects.get().used_at


def test_nobody_waits_to_delete_or_to_read(room, sara_browses, slot, sara, petition):
    mine = book(sara, slot, petition)
    for page in ("", "receipt/", "cancel/"):
        assert sara_browses.get(f"/my/appointments/{mine.reference}/{page}").status_code == 200
    assert sara_browses.get(address(make_slot(slot.office, "12:00"))).status_code == 200

    sara_browses.post(f"/my/appointments/{mine.reference}/cancel/")

    mine.refresh_from_db()
    assert mine.status == "cancelled_by_citizen"
    assert not WaitingPlace.objects.exists()
