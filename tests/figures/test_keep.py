from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments.models import Appointment
from nobat.figures.keep import keep_daily_totals, keep_older_totals
from nobat.figures.models import LastCount, OfficeDayTotal, ProvinceDayTotal, SmsDayTotal
from tests.build import TOMORROW, book

pytestmark = pytest.mark.django_db
TODAY = TOMORROW - timedelta(days=1)


@pytest.fixture
def appointment(sara, slot, petition) -> Appointment:
    return book(sara, slot, petition)


def test_the_job_counts_days_ahead_and_measures_today(appointment):
    assert keep_daily_totals() > 0

    assert OfficeDayTotal.objects.get(day=TOMORROW).appointments == 1
    today = ProvinceDayTotal.objects.get(day=TODAY)
    assert (today.booked, today.measured) == (1, 1)
    assert SmsDayTotal.objects.get().queued == 1


def test_run_again_it_finds_nothing_but_says_when_it_was(appointment, clock):
    keep_daily_totals()
    clock.shift(timedelta(minutes=15))

    assert keep_daily_totals() == 0
    assert LastCount.objects.get().at == timezone.now()


@pytest.mark.parametrize(("days_ago", "is_counted"), [(35, True), (36, False)])
def test_days_of_long_ago_are_left_to_the_night(appointment, days_ago, is_counted):
    day = TODAY - timedelta(days=days_ago)
    Appointment.objects.update(day=day)
    keep_daily_totals()

    counted = OfficeDayTotal.objects.filter(day=day, appointments=1)
    assert counted.exists() == is_counted
    keep_older_totals()
    assert counted.exists()
