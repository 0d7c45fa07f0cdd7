"""A day as people write it: year, month and day of the Jalali calendar, in any digits."""

import re
from datetime import date

from django import forms

from nobat.shared.jalali import from_jalali
from nobat.shared.persian import latin_digits
from nobat.web.citizen.account_fields import TypedField

_DAY = re.compile(r"(1[34]\d\d)\D(\d{1,2})\D(\d{1,2})")
_WRONG = "این روز در تقویم نیست. آن را مانند ۱۴۰۵/۹/۸ بنویسید."


class JalaliDayField(TypedField):
    def __init__(self, *, label: str, **fields: object) -> None:
        super().__init__(
            label=label,
            missing="روز را بنویسید، مانند ۱۴۰۵/۹/۸.",
            css="ltr short",
            max_length=20,
            attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"},
            **fields,
        )

    def clean(self, value: str) -> date | None:
        text = latin_digits(super().clean(value)).strip()
        if not text:
            return None
        found = _DAY.fullmatch(text)
        try:
            return from_jalali(*map(int, found.groups())) if found else _refuse()
        except ValueError:
            return _refuse()


def _refuse() -> date:
    raise forms.ValidationError(_WRONG)
