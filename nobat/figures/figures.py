"""Figures of a part of the country, added up from its totals of days. Nothing is counted here."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from nobat.figures.models import OfficeDayTotal, ProvinceDayTotal
from nobat.figures.month import Span
from nobat.offices.models import County, Office, Province


@dataclass(frozen=True)
class Part:
    """The whole country, or one province, county or office of it: the smallest one counts."""

    province: Province | None = None
    county: County | None = None
    office: Office | None = None

    def totals(self) -> "QuerySet[Any]":
        if self.office:
            return OfficeDayTotal.objects.filter(office=self.office)
        if self.county:
            return OfficeDayTotal.objects.filter(office__county=self.county)
        provinces = ProvinceDayTotal.objects.all()
        return provinces.filter(province=self.province) if self.province else provinces


@dataclass(frozen=True)
class Figures:
    """Sums of some days; see DayTotal for what each counts."""

    offered: int = 0
    held: int = 0
    appointments: int = 0
    came: int = 0
    no_shows: int = 0
    excused: int = 0
    cancelled: int = 0
    displaced: int = 0
    served: int = 0
    walk_ins: int = 0
    booked: int = 0
    measured: int = 0
    wait: int = 0
    booked_up: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, name) + getattr(other, name) for name in NAMES))

    @property
    def use(self) -> float | None:
        """How much of what was offered was held."""
        return _share(self.held, self.offered)

    @property
    def days_to_first_free(self) -> float | None:
        """The mean of the offices and days that were measured."""
        return _share(self.wait, self.measured)

    @property
    def due(self) -> int:
        """Appointments whose hour came while they stood."""
        return self.came + self.no_shows + self.excused

    @property
    def no_show_share(self) -> float | None:
        return _share(self.no_shows, self.due)

    @property
    def fallen(self) -> int:
        """Appointments that came to nothing, for whatever reason."""
        return self.cancelled + self.no_shows + self.displaced + self.excused


NAMES = [field.name for field in fields(Figures)]


def daily_figures(part: Part, first: date, last: date) -> dict[date, Figures]:
    """Of each day that has any."""
    days = part.totals().filter(day__range=(first, last)).values("day")
    return {row.pop("day"): Figures(**row) for row in days.annotate(**_sums())}


def in_span(daily: dict[date, Figures], span: Span) -> Figures:
    return added_up(day for at, day in daily.items() if span.first <= at <= span.last)


def added_up(figures: Iterable[Figures]) -> Figures:
    return sum(figures, Figures())


def figures_by(totals: QuerySet[Any], key: str, span: Span) -> dict[Any, Figures]:
    """Of each part that has any, by what names it: a field of the totals, or behind it."""
    rows = totals.filter(day__range=(span.first, span.last)).values(key).annotate(**_sums())
    return {row.pop(key): Figures(**row) for row in rows.order_by()}


def counted_days() -> tuple[date, date] | None:
    """The first and the last day that anything was counted of."""
    first = ProvinceDayTotal.objects.order_by("day").values_list("day", flat=True)
    return (first[0], first.reverse()[0]) if first.exists() else None


def _sums() -> dict[str, Sum]:
    return {name: Sum(name) for name in NAMES}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
