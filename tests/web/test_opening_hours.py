from datetime import date, time

from nobat.schedule.models import WeeklyHours
from nobat.web.opening_hours import opening_hours

TODAY, LAST = date(2026, 5, 2), date(2026, 6, 1)
SATURDAY_TO_WEDNESDAY, THURSDAY = [0, 1, 2, 3, 4], [5]


def rows(weekdays, opens, closes, valid_from=date(2026, 1, 1)):
    return [
        WeeklyHours(
            valid_from=valid_from, weekday=weekday, opens_at=time(opens), closes_at=time(closes)
        )
        for weekday in weekdays
    ]


def said(*weeks):
    return opening_hours([row for week in weeks for row in week], today=TODAY, last=LAST)


def lines(*weeks):
    return said(*weeks)[0].lines


def test_weekdays_with_the_same_hours_are_said_together():
    assert lines(rows(SATURDAY_TO_WEDNESDAY, 8, 14), rows(THURSDAY, 8, 12)) == [
        "شنبه تا چهارشنبه، ۰۸:۰۰ تا ۱۴:۰۰",
        "پنجشنبه، ۰۸:۰۰ تا ۱۲:۰۰",
    ]


def test_two_days_are_joined_by_and():
    assert lines(rows([0, 1], 8, 14)) == ["شنبه و یکشنبه، ۰۸:۰۰ تا ۱۴:۰۰"]


def test_a_day_off_in_between_parts_the_days():
    assert lines(rows([0, 2], 8, 14)) == ["شنبه، ۰۸:۰۰ تا ۱۴:۰۰", "دوشنبه، ۰۸:۰۰ تا ۱۴:۰۰"]


def test_a_break_is_said_and_stretches_that_touch_are_one():
    assert lines(rows([0], 16, 19), rows([0], 8, 12)) == ["شنبه، ۰۸:۰۰ تا ۱۲:۰۰ و ۱۶:۰۰ تا ۱۹:۰۰"]
    assert lines(rows([0], 8, 12), rows([0], 12, 14)) == ["شنبه، ۰۸:۰۰ تا ۱۴:۰۰"]


def test_a_week_that_begins_soon_is_said_with_its_day():
    now, soon = said(rows([0], 8, 14), rows([0], 9, 15, valid_from=date(2026, 5, 23)))

    assert (now.since, now.lines) == ("", ["شنبه، ۰۸:۰۰ تا ۱۴:۰۰"])
    assert (soon.since, soon.lines) == ("۲ خرداد", ["شنبه، ۰۹:۰۰ تا ۱۵:۰۰"])


def test_weeks_long_past_or_far_ahead_are_not_said():
    weeks = said(
        rows([1], 8, 14, valid_from=date(2025, 1, 1)),
        rows([0], 8, 14),
        rows([2], 8, 14, valid_from=date(2026, 9, 1)),
    )

    assert [week.lines for week in weeks] == [["شنبه، ۰۸:۰۰ تا ۱۴:۰۰"]]


def test_an_office_without_hours_says_nothing():
    assert said() == []
