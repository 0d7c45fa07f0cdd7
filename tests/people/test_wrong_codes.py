from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.people.forget import forget_what_is_over
from nobat.people.models import Throttle
from nobat.people.throttle import WRONG_CODES_OF_SYSTEM, key_of
from nobat.people.wrong_codes import are_too_many_wrong, note_wrong_code, watch_wrong_codes
from nobat.sms.models import Alarm, Trouble

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def wrong_codes(number, ago=timedelta(0)):
    """So many in one hour of the clock: 07:30 to 08:30 in Tehran, or as long before."""
    starts_at = timezone.now() - timedelta(minutes=30) - ago
    key = key_of(WRONG_CODES_OF_SYSTEM, "")
    Throttle.objects.update_or_create(
        key=key, window_starts_at=starts_at, defaults={"count": number}
    )


def is_raised():
    watch_wrong_codes()
    return are_too_many_wrong()


def test_two_hundred_in_an_hour_are_no_alarm_whatever_is_usual():
    wrong_codes(200)

    assert not is_raised()


def test_one_more_is():
    wrong_codes(200)
    note_wrong_code(timezone.now())

    assert is_raised()
    assert Alarm.objects.get().trouble == Trouble.WRONG_CODES


def test_three_times_as_many_as_usual_at_this_hour_are_no_alarm_yet():
    for days in range(1, 8):
        wrong_codes(300, days * DAY)
    wrong_codes(900)

    assert not is_raised()
    note_wrong_code(timezone.now())
    assert is_raised()


def test_usual_is_neither_a_quiet_friday_nor_the_attack_of_yesterday():
    for days, number in enumerate([50_000, 0, 310, 290, 300, 280, 320], start=1):
        wrong_codes(number, days * DAY)
    wrong_codes(900)

    assert not is_raised()
    note_wrong_code(timezone.now())
    assert is_raised()


def test_other_hours_of_the_day_say_nothing_of_this_one():
    for hours in range(2, 24):
        wrong_codes(10_000, hours * HOUR)
    wrong_codes(201)

    assert is_raised()


def test_the_alarm_lasts_through_the_hour_after(clock):
    wrong_codes(201)
    assert is_raised()

    clock.shift(timedelta(minutes=89))  # 09:29
    assert is_raised()

    clock.shift(timedelta(minutes=1))
    assert not is_raised()
    assert Alarm.objects.get().ended_at == timezone.now()


def test_what_is_usual_is_kept_for_a_week_and_no_longer():
    for days in range(1, 10):
        wrong_codes(300, days * DAY)
    forget_what_is_over()

    assert Throttle.objects.count() == 7
