from datetime import date

import pytest

from nobat.figures.month import Month, month_named, month_of

ORDIBEHESHT = Month(1405, 2)


def test_a_month_has_its_days_and_its_names():
    assert (ORDIBEHESHT.first, ORDIBEHESHT.last) == (date(2026, 4, 21), date(2026, 5, 21))
    assert (ORDIBEHESHT.title, ORDIBEHESHT.key) == ("اردیبهشت ۱۴۰۵", "1405-02")
    assert month_of(date(2026, 5, 2)) == month_named("1405-02") == ORDIBEHESHT


@pytest.mark.parametrize(
    ("months", "there"), [(1, "1405-03"), (11, "1406-01"), (-1, "1405-01"), (-2, "1404-12")]
)
def test_months_go_on_over_the_year(months, there):
    assert ORDIBEHESHT.after(months).key == there


@pytest.mark.parametrize("key", ["", "1405", "1405-13", "1405-00", "2026-05", "1405-2", "x1405-02"])
def test_what_names_no_month_is_none(key):
    assert month_named(key) is None


def test_weeks_go_from_saturday_to_friday_within_the_month():
    weeks = ORDIBEHESHT.weeks()

    assert [week.title for week in weeks] == [
        "۱ اردیبهشت",
        "۵ اردیبهشت",
        "۱۲ اردیبهشت",
        "۱۹ اردیبهشت",
        "۲۶ اردیبهشت",
    ]
    assert sum((week.last - week.first).days + 1 for week in weeks) == 31
    assert {week.first.isoweekday() for week in weeks[1:]} == {6}


def test_a_running_month_ends_today():
    assert ORDIBEHESHT.until(date(2026, 5, 2)).last == date(2026, 5, 2)
    assert ORDIBEHESHT.until(date(2026, 8, 1)).last == ORDIBEHESHT.last
