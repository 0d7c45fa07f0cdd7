"""The parts of a part: each province of the country, county of a province, office of a county."""

from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from nobat.figures.figures import Figures, Part, figures_by
from nobat.figures.models import OfficeDayTotal, ProvinceDayTotal
from nobat.figures.month import Span
from nobat.offices.models import County, Office, OfficeStatus, Province


class PartRow(NamedTuple):
    code: str
    name: str
    offices: int  # open ones
    figures: Figures


def rows_of_parts(part: Part, span: Span) -> list[PartRow]:
    """In their order in the alphabet; an office has no parts."""
    if part.office:
        return []
    if part.county:
        return _offices(part.county, span)
    if part.province:
        return _counties(part.province, span)
    found = figures_by(ProvinceDayTotal.objects.all(), "province", span)
    return _rows(Province.objects.all(), found, _open("county__province"))


def _counties(province: Province, span: Span) -> list[PartRow]:
    totals = OfficeDayTotal.objects.filter(office__county__province=province)
    found = figures_by(totals, "office__county", span)
    return _rows(County.objects.filter(province=province), found, _open("county"))


def _offices(county: County, span: Span) -> list[PartRow]:
    totals = OfficeDayTotal.objects.filter(office__county=county)
    found = figures_by(totals, "office", span)
    offices = Office.objects.filter(county=county).order_by("name_key", "code")
    return [
        PartRow(office.code, office.title, 1, found.get(office.pk, Figures()))
        for office in offices
        if office.pk in found or office.status == OfficeStatus.OPEN
    ]


def _open(key: str) -> dict[Any, int]:
    """How many open offices there are, by what they lie in."""
    return dict(Office.objects.open().values_list(key).annotate(Count("pk")).order_by())


def _rows(
    parts: QuerySet[Any], found: dict[Any, Figures], offices: dict[Any, int]
) -> list[PartRow]:
    """Those that have offices, or had any."""
    return [
        PartRow(part.code, part.name, offices.get(part.pk, 0), found.get(part.pk, Figures()))
        for part in parts
        if part.pk in found or part.pk in offices
    ]
