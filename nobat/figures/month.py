"""Months of the Jalali calendar: what figures are shown for."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from nobat.shared.jalali import MONTHS, from_jalali, jalali, short_day, weekday
from nobat.shared.persian import fa_digits

_KEY = re.compile(r"(1[34]\d\d)-(0[1-9]|1[0-2])")
ONE_DAY = timedelta(days=1)


class Span(NamedTuple):
    """Days that are looked at together, and how they are called."""

    first: date
    last: date
    title: str


@dataclass(frozen=True, order=True)
class Month:
    year: int
    number: int

    @property
    def key(self) -> str:
        """«1405-02», as addresses have it."""
        return f"{self.year}-{self.number:02}"

    @property
    def name(self) -> str:
        return MONTHS[self.number - 1]

    @property
    def title(self) -> str:
        return f"{self.name} {fa_digits(self.year)}"

    @property
    def first(self) -> date:
        return from_jalali(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.after(1).first - ONE_DAY

    @property
    def span(self) -> Span:
        return Span(self.first, self.last, self.name)

    def after(self, months: int) -> "Month":
        """So many months later, or earlier."""
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def until(self, last: date) -> Span:
        """The days of it that are over on that day, all of them at the latest."""
        return self.span._replace(last=min(self.last, last))

    def weeks(self) -> list[Span]:
        """Saturday to Friday, without the days of other months."""
        weeks, first = [], self.first
        while first <= self.last:
            last = min(first + timedelta(days=6 - weekday(first)), self.last)
            weeks.append(Span(first, last, short_day(first)))
            first = last + ONE_DAY
        return weeks


def month_of(day: date) -> Month:
    year, number, _ = jalali(day)
    return Month(year, number)


def month_named(key: str) -> Month | None:
    """The month of «1405-02»; None if there is none of that name."""
    found = _KEY.fullmatch(key)
    return Month(int(found[1]), int(found[2])) if found else None
