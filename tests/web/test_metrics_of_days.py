from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.figures.models import LastCount, ProvinceDayTotal
from nobat.shared.jalali import tehran_day
from nobat.web.metrics_of_days import WEEKS_OF_USUAL
from tests.build import book
from tests.metrics import lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def total(office):
    def of(days, **counts):
        day = tehran_day(timezone.now()) + timedelta(days=days)
        province = office.county.province
        ProvinceDayTotal.objects.create(day=day, province=province, **counts)

    return of


def test_appointments_ever_made_only_grow(client, sara, slot, petition):
    number = book(sara, slot, petition).pk
    assert f"nobat_appointments_booked_total {float(number)}" in lines(client)


def test_what_became_of_the_people_of_today_and_yesterday(client, total):
    total(0, came=8, no_shows=2)
    total(-1, came=9, no_shows=1, excused=3)
    assert {
        'nobat_day_people{became="came",day="today"} 8.0',
        'nobat_day_people{became="no_shows",day="today"} 2.0',
        'nobat_day_people{became="excused",day="yesterday"} 3.0',
        'nobat_day_people{became="displaced",day="today"} 0.0',
    } <= lines(client)


def test_usual_is_the_middle_of_the_same_weekday(client, total):
    for week, no_shows in enumerate([4, 90, 6], start=1):
        total(-7 * week, no_shows=no_shows)
    total(-7 * (WEEKS_OF_USUAL + 1), no_shows=1000)
    total(-1, no_shows=7)
    found = lines(client)
    assert 'nobat_no_shows_usual{day="today"} 6.0' in found
    assert 'nobat_no_shows_usual{day="yesterday"} 0.0' in found, "no such day was counted"


def test_turns_ahead_are_those_that_can_be_booked(client, total):
    total(0, offered=50, held=10)
    total(1, offered=20, held=5)
    total(30, offered=10, held=1)
    assert {
        'nobat_turns_ahead{which="offered"} 30.0',
        'nobat_turns_ahead{which="free"} 24.0',
    } <= lines(client)


def test_how_long_one_waits_is_as_it_was_measured_this_morning(client, total):
    total(0, measured=4, booked_up=1, wait=10)
    assert {
        'nobat_offices_this_morning{which="measured"} 4.0',
        'nobat_offices_this_morning{which="booked_up"} 1.0',
        "nobat_days_until_first_free_turn 2.5",
    } <= lines(client)


def test_how_old_the_totals_are_can_be_seen(client):
    assert not any(line.startswith("nobat_totals_timestamp_seconds ") for line in lines(client))
    LastCount.objects.create(pk=1, at=timezone.now())
    [said] = [line for line in lines(client) if line.startswith("nobat_totals_timestamp_seconds ")]
    assert float(said.split()[1]) == timezone.now().timestamp()
