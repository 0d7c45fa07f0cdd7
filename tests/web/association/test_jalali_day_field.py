from datetime import date

import pytest
from django import forms

from nobat.web.association.jalali_day_field import JalaliDayField, typed_day


class OneDay(forms.Form):
    day = JalaliDayField()


@pytest.mark.parametrize(
    "typed",
    [
        "۱۴۰۵/۳/۷",
        "۱۴۰۵/۰۳/۰۷",
        "1405-03-07",
        "١٤٠٥/٠٣/٠٧",
        "14050307",
        " 1405 3 7 ",
        "۷ خرداد ۱۴۰۵",
        "\u200f۱۴۰۵/۰۳/۰۷",
    ],
)
def test_a_day_is_read_however_it_is_typed(typed):
    form = OneDay({"day": typed})

    assert form.is_valid()
    assert form.cleaned_data["day"] == date(2026, 5, 28)


@pytest.mark.parametrize(
    "typed",
    ["", "x", "۱۴۰۵/۱۳/۱", "1405/12/30", "7/3/1405", "۷ مرداب ۱۴۰۵", "2026-05-28", "20260528", "²"],
)
def test_what_is_no_day_of_the_calendar_is_said(typed):
    form = OneDay({"day": typed})

    assert not form.is_valid()
    assert "مانند ۱۴۰۵/۰۳/۰۷" in form.errors["day"][0]


def test_a_day_that_need_not_be_given_may_be_left_out():
    field = JalaliDayField(required=False)

    assert field.clean("") is None
    assert field.clean(" ") is None
    with pytest.raises(forms.ValidationError):
        field.clean("x")


def test_a_day_stands_in_the_field_as_it_would_be_typed():
    assert typed_day(date(2026, 5, 28)) == "۱۴۰۵/۰۳/۰۷"
    assert 'value="۱۴۰۵/۰۳/۰۷"' in str(OneDay(initial={"day": date(2026, 5, 28)})["day"])
