"""At night people sleep, unless they must know before the morning."""

from datetime import datetime, timedelta

import pytest

from nobat.shared.jalali import TEHRAN
from nobat.sms.kinds import Kind
from nobat.sms.lanes import QUIET, first_moment

A_WEEK = timedelta(days=7)
NIGHT = datetime(2026, 5, 2, 22, 30, tzinfo=TEHRAN)
MORNING = datetime(2026, 5, 3, 7, tzinfo=TEHRAN)


@pytest.fixture(autouse=True)
def quiet(settings):
    settings.SMS_QUIET_HOURS = "22-7"


@pytest.mark.parametrize("kind", sorted(QUIET))
@pytest.mark.parametrize(
    ("at", "goes"),
    [
        (NIGHT, MORNING),
        (NIGHT.replace(hour=22, minute=0), MORNING),
        (NIGHT.replace(day=3, hour=6, minute=59), MORNING),
        (NIGHT.replace(hour=21, minute=59), NIGHT.replace(hour=21, minute=59)),
        (MORNING, MORNING),
    ],
)
def test_what_nobody_waits_for_goes_in_the_morning(kind, at, goes):
    assert first_moment(kind, at, at + A_WEEK) == goes


@pytest.mark.parametrize("kind", sorted(set(Kind) - QUIET))
def test_what_somebody_waits_for_goes_at_once(kind):
    assert first_moment(kind, NIGHT, NIGHT + A_WEEK) == NIGHT


def test_whoever_must_know_before_the_morning_is_told_at_night():
    at_ten = MORNING.replace(hour=10)
    assert first_moment(Kind.OFFICE_CLOSED, NIGHT, at_ten) == NIGHT
    at_one = MORNING.replace(hour=13)
    assert first_moment(Kind.OFFICE_CLOSED, NIGHT, at_one) == MORNING


def test_hours_within_one_day_can_be_quiet_too(settings):
    settings.SMS_QUIET_HOURS = "13-16"
    noon = MORNING.replace(hour=14)
    assert first_moment(Kind.REMINDER, noon, noon + A_WEEK) == MORNING.replace(hour=16)
    assert first_moment(Kind.REMINDER, NIGHT, NIGHT + A_WEEK) == NIGHT


def test_without_quiet_hours_everything_goes_at_once(settings):
    settings.SMS_QUIET_HOURS = "no"
    assert first_moment(Kind.REMINDER, NIGHT, NIGHT + A_WEEK) == NIGHT
