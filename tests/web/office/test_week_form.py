from datetime import date, time

from nobat.schedule.hours import Stretch
from nobat.schedule.models import WeeklyHours
from nobat.web.office.week_form import WeekForm, typed_from, with_line, without_line

TODAY = date(2026, 5, 2)
SATURDAY = date(2026, 5, 9)


def row(weekday, opens, closes):
    opens_at, closes_at = time(opens), time(closes)
    return WeeklyHours(weekday=weekday, opens_at=opens_at, closes_at=closes_at, minutes=30, seats=2)


TWO_STRETCHES = typed_from([row(0, 8, 12), row(0, 14, 16), row(6, 9, 10)], SATURDAY)


def lines_of(typed, weekday):
    form = WeekForm(typed, today=TODAY, is_sent=False)
    return next(day for day in form.weekdays() if day.number == weekday).lines


def test_a_week_that_holds_is_read_back_as_it_was():
    form = WeekForm(TWO_STRETCHES, today=TODAY, is_sent=True)

    assert form.is_valid()
    assert form.hours() == [
        Stretch(0, time(8), time(12), 30, 2),
        Stretch(0, time(14), time(16), 30, 2),
        Stretch(6, time(9), time(10), 30, 2),
    ]


def test_seven_days_are_shown_saturday_first():
    days = list(WeekForm(TWO_STRETCHES, today=TODAY, is_sent=False).weekdays())

    assert [day.title for day in days][::6] == ["شنبه", "جمعه"]
    assert [len(day.lines) for day in days] == [2, 0, 0, 0, 0, 0, 1]
    assert [day.has_room for day in days] == [False] + [True] * 6


def test_an_added_line_has_the_length_and_seats_of_another_one():
    typed = with_line(TWO_STRETCHES, "6")

    assert (typed["d6_1_minutes"], typed["d6_1_seats"], typed["d6_1_opens"]) == ("۳۰", "۲", "")


def test_the_first_line_of_a_day_has_the_hours_of_another_one():
    assert with_line(TWO_STRETCHES, "3")["d3_0_opens"] == "۰۸:۰۰"
    assert with_line({"valid_from": ""}, "3")["d3_0_closes"] == "۱۴:۰۰"


def test_there_are_two_lines_at_most():
    assert with_line(TWO_STRETCHES, "0") == TWO_STRETCHES


def test_when_the_first_line_goes_the_second_one_moves_up():
    typed = without_line(TWO_STRETCHES, "0_0")

    assert (typed["d0_0_opens"], "d0_1_opens" in typed) == ("۱۴:۰۰", False)
    assert len(lines_of(without_line(TWO_STRETCHES, "0_1"), 0)) == 1


def test_strange_names_in_the_form_are_left_alone():
    typed = TWO_STRETCHES | {"d9_0_opens": "8", "d0_7_opens": "8", "add": "x"}

    assert WeekForm(typed, today=TODAY, is_sent=True).is_valid()
