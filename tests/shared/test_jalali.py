from datetime import UTC, date, datetime, timedelta

import pytest

from nobat.shared import jalali


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 29), "یکشنبه ۸ آذر ۱۴۰۵"),
        (date(2026, 3, 21), "شنبه ۱ فروردین ۱۴۰۵"),
        (date(2025, 3, 20), "پنجشنبه ۳۰ اسفند ۱۴۰۳"),  # 1403 is a leap year
        (date(2026, 3, 20), "جمعه ۲۹ اسفند ۱۴۰۴"),
        (date(2030, 3, 20), "چهارشنبه ۳۰ اسفند ۱۴۰۸"),  # so is 1408
    ],
)
def test_a_day_is_read_in_the_jalali_calendar(day, words):
    assert jalali.full_day(day) == words


def test_an_ordinary_year_has_no_30_esfand():
    with pytest.raises(ValueError, match=r".*"):
        jalali.from_jalali(1404, 12, 30)


def test_a_leap_year_has_30_esfand():
    assert jalali.from_jalali(1403, 12, 30) == date(2025, 3, 20)
    assert jalali.from_jalali(1408, 12, 30) == date(2030, 3, 20)


def test_each_day_of_forty_years_comes_after_the_one_before():
    day = date(2011, 3, 21)
    before = jalali.jalali(day - timedelta(days=1))
    while day < date(2051, 3, 21):
        now = jalali.jalali(day)
        assert now > before
        assert jalali.from_jalali(*now) == day
        day, before = day + timedelta(days=1), now


def test_the_shorter_forms_of_a_day():
    day = date(2026, 11, 24)

    assert jalali.day_name(day) == "سه‌شنبه"
    assert jalali.short_day(day) == "۳ آذر"
    assert jalali.long_day(day) == "سه‌شنبه ۳ آذر"
    assert jalali.month_title(day) == "آذر ۱۴۰۵"


def test_the_week_begins_on_saturday_and_ends_on_friday():
    assert jalali.weekday(date(2026, 11, 28)) == 0
    assert jalali.weekday(date(2026, 11, 27)) == jalali.FRIDAY


def test_the_hour_is_tehrans():
    assert jalali.hour(datetime(2026, 11, 29, 6, 0, tzinfo=UTC)) == "۰۹:۳۰"


def test_the_day_changes_at_midnight_in_tehran():
    last_minute = datetime(2026, 11, 28, 20, 29, tzinfo=UTC)
    assert jalali.tehran_day(last_minute) == date(2026, 11, 28)
    assert jalali.tehran_day(last_minute + timedelta(minutes=1)) == date(2026, 11, 29)


def test_a_day_starts_at_midnight_in_tehran():
    start = jalali.start_of_day(date(2026, 11, 29))

    assert start == datetime(2026, 11, 28, 20, 30, tzinfo=UTC)


def test_there_is_no_summer_time_any_more():
    assert jalali.hour(datetime(2026, 7, 1, 6, 0, tzinfo=UTC)) == "۰۹:۳۰"


def test_a_moment_is_read_as_the_day_it_is_in_tehran():
    assert jalali.long_day(datetime(2026, 11, 28, 21, 0, tzinfo=UTC)) == "یکشنبه ۸ آذر"


def test_a_deadline_at_midnight_is_the_end_of_the_day_before():
    midnight = jalali.start_of_day(date(2026, 11, 29))
    assert jalali.deadline(midnight) == "پایان شنبه ۷ آذر"
    assert jalali.deadline(midnight + timedelta(hours=9)) == "یکشنبه ۸ آذر ساعت ۰۹:۰۰"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "۱ روز"),
        (2, "۲ روز"),
        (30, "یک ماه"),
        (183, "شش ماه"),
        (365, "یک سال"),
        (730, "دو سال"),
        (1827, "پنج سال"),
        (400, "۴۰۰ روز"),
        (36_500, "همیشه"),
    ],
)
def test_a_long_time_is_said_as_people_say_it(days, words):
    assert jalali.how_long(timedelta(days=days)) == words
