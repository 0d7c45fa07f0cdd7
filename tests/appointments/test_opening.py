from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from nobat.appointments.opening import GATHERS_BEFORE, STAYS_AFTER, opening_ahead, opening_now
from tests.conftest import SATURDAY_8_AM

EIGHT, MIDNIGHT = time(8), time(0)


@pytest.fixture(autouse=True)
def openings(settings):
    settings.WAITING_ROOM_OPENINGS = [EIGHT]
    settings.WAITING_ROOM_ADMITS = 20
    return settings


def test_without_an_hour_in_the_settings_there_is_never_a_waiting_room(openings):
    openings.WAITING_ROOM_OPENINGS = []
    assert opening_now(SATURDAY_8_AM) is None


def test_the_room_is_on_from_a_little_before_the_hour_in_tehran_until_a_while_after_it():
    first, end = SATURDAY_8_AM - GATHERS_BEFORE, SATURDAY_8_AM + STAYS_AFTER
    moment = timedelta(microseconds=1)
    on = [opening_now(at) is not None for at in (first - moment, first, end - moment, end)]
    assert on == [False, True, True, False]
    assert opening_now(first).at == SATURDAY_8_AM
    assert opening_now(first).closes_at == end


def test_one_at_midnight_gathers_people_on_the_day_before(openings):
    openings.WAITING_ROOM_OPENINGS = [MIDNIGHT]
    midnight = datetime(2026, 5, 1, 20, 30, tzinfo=UTC)
    assert opening_now(midnight - timedelta(minutes=5)).at == midnight
    assert opening_now(midnight + timedelta(minutes=29)).at == midnight


def test_where_two_meet_the_later_one_has_begun(openings):
    openings.WAITING_ROOM_OPENINGS = [EIGHT, time(8, 20)]
    later = SATURDAY_8_AM + timedelta(minutes=20)
    assert opening_now(SATURDAY_8_AM + timedelta(minutes=9)).at == SATURDAY_8_AM
    assert opening_now(SATURDAY_8_AM + timedelta(minutes=10)).at == later


def test_people_gather_for_an_opening_until_it_has_come():
    moment = timedelta(microseconds=1)
    gathering = SATURDAY_8_AM - GATHERS_BEFORE
    ahead = [
        opening_ahead(at) is not None
        for at in (gathering - moment, gathering, SATURDAY_8_AM - moment, SATURDAY_8_AM)
    ]
    assert ahead == [False, True, True, False]


def test_so_many_a_second_are_let_in_by_the_clock_alone():
    opening = opening_now(SATURDAY_8_AM)
    after = [-60, 0, 0.5, 1, 60]
    let_in = [opening.admitted(SATURDAY_8_AM + timedelta(seconds=number)) for number in after]
    assert let_in == [0, 0, 10, 20, 1200]


def test_the_wait_ends_when_the_number_is_let_in():
    opening = opening_now(timezone.now())
    assert opening.wait_of(1200, SATURDAY_8_AM) == timedelta(minutes=1)
    assert opening.admitted(SATURDAY_8_AM + opening.wait_of(1200, SATURDAY_8_AM)) == 1200
    assert opening.wait_of(20, SATURDAY_8_AM + timedelta(minutes=5)) == timedelta()
