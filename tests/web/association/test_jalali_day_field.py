from datetime import date

import pytest
from django import forms

from nobat.web.association.jalali_day_field import JalaliDayField


@pytest.mark.parametrize(
    "typed", ["1405/9/8", "۱۴۰۵/۹/۸", "١٤٠٥/٠٩/٠٨", " 1405-09-08 ", "۱۴۰۵.۹.۸"]
)
def test_a_day_is_taken_as_people_write_it(typed):
    assert JalaliDayField(label="روز").clean(typed) == date(2026, 11, 29)


@pytest.mark.parametrize("typed", ["1405/13/1", "1405/12/31", "2026/11/29", "فردا", "1405/9"])
def test_what_no_calendar_has_is_refused_with_an_example(typed):
    with pytest.raises(forms.ValidationError, match="۱۴۰۵/۹/۸"):
        JalaliDayField(label="روز").clean(typed)


def test_an_empty_day_is_missing_unless_it_may_be():
    assert JalaliDayField(label="روز", required=False).clean("") is None
    with pytest.raises(forms.ValidationError, match="بنویسید"):
        JalaliDayField(label="روز").clean("")
