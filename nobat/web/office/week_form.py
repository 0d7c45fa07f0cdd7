"""A whole week as a manager types it: up to two stretches a day, each a line of four fields."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from nobat.schedule.hours import LONGEST_TURN, MOST_SEATS, SHORTEST_TURN, Stretch
from nobat.schedule.models import WeeklyHours
from nobat.shared.jalali import WEEKDAYS
from nobat.shared.persian import fa_digits
from nobat.web.office.day_choices import day_choices
from nobat.web.office.hour_field import HourField

STRETCHES_A_DAY = 2
PARTS = {"opens": "از", "closes": "تا", "minutes": "دقیقهٔ هر نوبت", "seats": "جا"}
_FIELD = re.compile(r"d([0-6])_([01])_(opens|closes|minutes|seats)")
# For the first line of an office that has written nothing yet.
USUAL = {"opens": "۰۸:۰۰", "closes": "۱۴:۰۰", "minutes": "۳۰", "seats": "۱"}


@dataclass(frozen=True)
class Line:
    """One stretch on the page."""

    name: str  # «3_0», by which the button that removes it names it
    fields: list[BoundField]


@dataclass(frozen=True)
class Weekday:
    number: int
    title: str
    lines: list[Line]

    @property
    def has_room(self) -> bool:
        return len(self.lines) < STRETCHES_A_DAY


class NumberField(forms.IntegerField):
    """A number in any kind of digits."""

    def __init__(self, low: int, high: int, **fields: Any) -> None:
        sentence = fa_digits(f"عددی میان {low} و {high} بنویسید.")
        super().__init__(
            min_value=low,
            max_value=high,
            widget=forms.TextInput(attrs={"class": "ltr", "inputmode": "numeric"}),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), sentence),
            **fields,
        )


class WeekForm(forms.Form):
    """`typed` are the fields of the page, whether they are to be checked or only shown."""

    valid_from = forms.ChoiceField(
        label="از این روز",
        help_text="تا آن روز، ساعت‌های کنونی می‌ماند.",
        error_messages={
            "invalid_choice": "یکی از روزهای فهرست را انتخاب کنید.",
            "required": "روز آغاز را انتخاب کنید.",
        },
    )

    def __init__(self, typed: Mapping[str, str], *, today: date, is_sent: bool) -> None:
        super().__init__(typed if is_sent else None, initial=dict(typed))
        first: forms.ChoiceField = self.fields["valid_from"]  # type: ignore[assignment]
        first.choices = day_choices(today + timedelta(days=1), today=today)
        self.names = sorted({name.rpartition("_")[0] for name in typed if _FIELD.fullmatch(name)})
        for name in self.names:
            for part in PARTS:
                self.fields[f"{name}_{part}"] = _field(name, part)

    def weekdays(self) -> Iterator[Weekday]:
        for number, title in enumerate(WEEKDAYS):
            own = [name for name in self.names if name.startswith(f"d{number}_")]
            lines = [Line(name[1:], [self[f"{name}_{part}"] for part in PARTS]) for name in own]
            yield Weekday(number, title, lines)

    def clean(self) -> None:
        for name in self.names:
            if self._is_blank(name):
                continue
            for part in PARTS:
                field = f"{name}_{part}"
                if self.cleaned_data.get(field) is None and field not in self.errors:
                    self.add_error(field, "این خانه را هم پر کنید.")

    def hours(self) -> list[Stretch]:
        """What was typed; a line without hours is no stretch."""
        return [
            Stretch(int(name[1]), *(self.cleaned_data[f"{name}_{part}"] for part in PARTS))
            for name in self.names
            if not self._is_blank(name)
        ]

    def _is_blank(self, name: str) -> bool:
        return not any(self[f"{name}_{part}"].data for part in ("opens", "closes"))


def typed_from(week: Iterable[WeeklyHours], valid_from: date) -> dict[str, str]:
    """The fields of the page for a week that holds already."""
    typed = {"valid_from": valid_from.isoformat()}
    of_day: Counter[int] = Counter()
    for row in week:
        name = f"d{row.weekday}_{of_day[row.weekday]}"
        of_day[row.weekday] += 1
        values = (f"{row.opens_at:%H:%M}", f"{row.closes_at:%H:%M}", row.minutes, row.seats)
        for part, value in zip(PARTS, values, strict=True):
            typed[f"{name}_{part}"] = fa_digits(value)
    return typed


def with_line(typed: Mapping[str, str], weekday: str) -> dict[str, str]:
    """One more stretch on that day; its length of turn and its seats as on another one."""
    like = {
        part: next((typed[name] for name in sorted(typed) if name.endswith(f"_{part}")), usual)
        for part, usual in USUAL.items()
    }
    taken = {name for name in typed if name.startswith(f"d{weekday}_")}
    for number in range(STRETCHES_A_DAY):
        name = f"d{weekday}_{number}"
        if f"{name}_opens" not in taken:
            blank = {"opens": "", "closes": ""} if taken else {}
            return dict(typed) | {f"{name}_{part}": text for part, text in (like | blank).items()}
    return dict(typed)


def without_line(typed: Mapping[str, str], line: str) -> dict[str, str]:
    """That day without this stretch; the one after it, if there is one, moves up."""
    weekday, _, number = line.partition("_")
    kept = {name: text for name, text in typed.items() if not name.startswith(f"d{line}_")}
    if number != "0":
        return kept
    second = f"d{weekday}_1_"
    return {name.replace(second, f"d{weekday}_0_"): text for name, text in kept.items()}


def _field(name: str, part: str) -> forms.Field:
    weekday, _, number = name[1:].partition("_")
    which = WEEKDAYS[int(weekday)] + ("، بازهٔ دوم" if number == "1" else "")
    label = f"{which}، {PARTS[part]}"
    field: forms.Field
    if part in ("opens", "closes"):
        field = HourField(label=label, required=False)
    elif part == "minutes":
        field = NumberField(SHORTEST_TURN, LONGEST_TURN, label=label, required=False)
    else:
        field = NumberField(1, MOST_SEATS, label=label, required=False)
    field.widget.attrs["aria-label"] = label
    return field
