"""An hour as people type it: «۸», «۸:۳۰», «08:30», «0830»."""

import re
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from nobat.shared.persian import clean, fa_digits, latin_digits

_HOUR = re.compile(r"(\d{1,2})(?:[:.٫/]?(\d{2}))?")


class HourField(forms.CharField):
    def __init__(self, **fields: Any) -> None:
        attrs = {"class": "ltr", "inputmode": "numeric", "autocomplete": "off"}
        attrs |= fields.pop("attrs", {})
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=20, **fields)

    def prepare_value(self, value: Any) -> Any:
        return fa_digits(f"{value:%H:%M}") if isinstance(value, time) else value

    def clean(self, value: Any) -> time | None:
        typed = latin_digits(clean(super().clean(value) or "")).replace(" ", "")
        if not typed:
            return None
        found = _HOUR.fullmatch(typed)
        hour, minute = (int(part or 0) for part in found.groups()) if found else (99, 0)
        if hour > 23 or minute > 59:
            raise ValidationError("مانند ۰۸:۳۰ بنویسید.")
        return time(hour, minute)
