"""Which part of the country and which month somebody wants figures of."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from nobat.figures.figures import Part, counted_days
from nobat.figures.month import Month, Span, month_named, month_of
from nobat.offices.association import counties_of, offices_of, provinces_of
from nobat.offices.models import AssociationMember
from nobat.shared.persian import fa_digits

PAGE = "association:figures"


class Way(NamedTuple):
    """To a larger part, or to the same part in another month."""

    name: str
    address: str


@dataclass(frozen=True)
class AskedFigures:
    part: Part
    month: Month
    today: date

    @property
    def span(self) -> Span:
        """The month, of a running one the days until today; what is still ahead is no result."""
        return self.month.span if self.is_ahead else self.month.until(self.today)

    @property
    def before(self) -> Span:
        """What it is compared with: as many days of the month before."""
        earlier = self.month.after(-1)
        days = self.span.last - self.span.first
        return earlier.until(earlier.first + days) if self.is_running else earlier.span

    @property
    def is_running(self) -> bool:
        return self.month.first <= self.today < self.month.last

    @property
    def is_ahead(self) -> bool:
        return self.today < self.month.first

    @property
    def place(self) -> str:
        part = self.part
        if part.office:
            return f"{part.office.title}، کد {fa_digits(part.office.code)}"
        if part.county:
            return f"شهرستان {part.county.name}"
        return f"استان {part.province.name}" if part.province else "همهٔ کشور"

    @property
    def query(self) -> str:
        return urlencode(_named(self.part) | {"month": self.month.key})

    def address(self, part: Part) -> str:
        """The page of another part, in the same month."""
        return f"{reverse(PAGE)}?{urlencode(_named(part) | {'month': self.month.key})}"


def asked_figures(asked: QueryDict, member: AssociationMember, today: date) -> AskedFigures:
    """What the address says; Http404 for what there is not, or is not theirs to see.

    An officer of a province who names no part has the own province.
    """
    return AskedFigures(_part(asked, member), _month(asked.get("month", ""), today), today)


def months_to_choose(asked: AskedFigures) -> list[Month]:
    """The latest first: all that anything was counted of, and the month at hand."""
    first, last = counted_days() or (asked.today, asked.today)
    there = {month_of(asked.today), asked.month}
    month = month_of(first)
    while month <= month_of(last):
        there.add(month)
        month = month.after(1)
    return sorted(there, reverse=True)


def ways_up(asked: AskedFigures, member: AssociationMember) -> list[Way]:
    """To the parts that this one lies in, the largest first, as far as they are theirs."""
    part = asked.part
    ways = [Way("همهٔ کشور", asked.address(Part()))] if part.province else []
    if part.county:
        ways.append(Way(str(part.province), asked.address(Part(part.province))))
    if part.office:
        ways.append(Way(str(part.county), asked.address(Part(part.province, part.county))))
    return ways[1:] if member.province_id else ways


def _part(asked: QueryDict, member: AssociationMember) -> Part:
    if code := asked.get("office"):
        office = get_object_or_404(offices_of(member).select_related("county__province"), code=code)
        return Part(office.county.province, office.county, office)
    province = asked.get("province") or member.province_id
    if code := asked.get("county"):
        county = get_object_or_404(counties_of(member).select_related("province"), code=code)
        # Somebody chose another province and left the county as it was.
        if province in (None, county.province_id) or not asked.get("province"):
            return Part(county.province, county)
    return Part(get_object_or_404(provinces_of(member), pk=province)) if province else Part()


def _named(part: Part) -> dict[str, str]:
    if part.office:
        return {"office": part.office.code}
    if part.county:
        return {"county": part.county.code}
    return {"province": part.province.code} if part.province else {}


def _month(key: str, today: date) -> Month:
    if not key:
        return month_of(today)
    month = month_named(key)
    if month is None:
        raise Http404
    return month
