"""A day as people type it: «۱۴۰۵/۳/۷», «1405-03-07», «14050307», «۷ خرداد ۱۴۰۵»."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from nobat.shared.jalali import MONTHS, from_jalali, jalali
from nobat.shared.persian import clean, fa_digits, fold, latin_digits

# A year of this century or the last: a Gregorian one is a slip, not a day in 600 years.
_NUMBERS = re.compile(r"(1[34]\d\d)\W+(\d{1,2})\W+(\d{1,2})|(1[34]\d\d)(\d{2})(\d{2})")
_WORDS = re.compile(r"(\d{1,2}) (\D+) (1[34]\d\d)")
_BY_NAME = {fold(name): number for number, name in enumerate(MONTHS, start=1)}
NOT_A_DAY = "این روز در تقویم نیست. مانند ۱۴۰۵/۰۳/۰۷ بنویسید: سال، ماه، روز."


class JalaliDayField(forms.CharField):
    def __init__(self, **fields: Any) -> None:
        attrs = {"class": "ltr short", "inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            widget=forms.TextInput(attrs=attrs | {"dir": "ltr"}),
            max_length=40,
            help_text=fields.pop("help_text", "مانند ۱۴۰۵/۰۳/۰۷"),
            error_messages={"required": "روز را بنویسید، مانند ۱۴۰۵/۰۳/۰۷."},
            **fields,
        )

    def prepare_value(self, value: Any) -> Any:
        return typed_day(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:
        """None only for a day that need not be given."""
        typed = latin_digits(clean(super().clean(value)))
        if not typed and not self.required:
            return None
        found = _in_numbers(typed) or _in_words(typed)
        try:
            if found:
                return from_jalali(*found)
        except ValueError:
            pass
        raise ValidationError(NOT_A_DAY)


def typed_day(day: date) -> str:
    """«۱۴۰۵/۰۳/۰۷»"""
    year, month, number = jalali(day)
    return fa_digits(f"{year}/{month:02}/{number:02}")


def _in_numbers(typed: str) -> tuple[int, int, int] | None:
    found = _NUMBERS.fullmatch(typed)
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    return year, month, day


def _in_words(typed: str) -> tuple[int, int, int] | None:
    found = _WORDS.fullmatch(typed)
    if not found:
        return None
    month = _BY_NAME.get(fold(found[2]), 0)
    return int(found[3]), month, int(found[1])
