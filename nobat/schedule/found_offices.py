"""The offices that a search shows, each with the first hour that is free in it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils import timezone

from nobat.offices.find import OfficeSearch, find_offices
from nobat.schedule.found_offices_sql import among, counted, free_around, listed
from nobat.shared.jalali import start_of_day
from nobat.shared.kept import Kept
from nobat.shared.prepared import prepared_cursor


class Place(NamedTuple):
    """The county of an office."""

    code: str
    name: str
    lat: float | None  # of its seat
    lon: float | None
    province_code: str
    province_name: str


class FoundOffice(NamedTuple):
    pk: int
    code: str
    name: str
    manager: str
    address: str
    phone: str
    lat: float
    lon: float
    county: Place
    metres: float | None  # from the searcher, or from the centre of the county
    first_free_at: datetime | None

    @property
    def title(self) -> str:
        return f"دفتر {self.name}"


class Found(NamedTuple):
    offices: list[FoundOffice]  # of one page
    total: int  # on all pages


# Of provinces and the whole country: a page of them is found without looking at all of them.
# Offices open, close and move a few times a day.
_TOTALS: Kept[int] = Kept(most=500, seconds=60)


def found_offices(
    search: OfficeSearch, *, start: int, count: int, first: date, last: date
) -> Found:
    """`count` of the offices of find_offices(), after the first `start`, in the same order.

    Each with the first free turn that begins in the days from `first` to `last`. One statement,
    two for words; one more where not all are on the page, for provinces and the whole country
    once in a minute.
    """
    values = _values(search, first, last) | {"start": start, "but_not": None}
    if search.has_words:
        return _among_words(search, start, count, values)
    rows = _read(listed(search, count=count, start=start), values)
    offices = [_office(row) for row in rows]
    if len(offices) < count:
        return Found(offices, start + len(offices) if offices else 0)
    return Found(offices, rows[0][-1] or _total(search))


def free_offices_around(
    search: OfficeSearch, *, count: int, first: date, last: date, but_not: int | None = None
) -> list[FoundOffice]:
    """The first `count` open offices of that subject that have a free turn in these days.

    Those of the county come first, then of its province, then the others; nearest first among
    them. What an office is called does not count. One statement, or two where those of the
    province are not enough.
    """
    values = _values(search, first, last) | {"but_not": but_not}
    found: list[FoundOffice] = []
    for statement in free_around(search, count=count):
        found += map(_office, _read(statement, values))
        if len(found) >= count:
            break
    return found[:count]


def _values(search: OfficeSearch, first: date, last: date) -> dict[str, Any]:
    lat, lon = search.near or (None, None)
    return {
        "province": search.province,
        "county": search.county,
        "service": search.service,
        "lat": lat,
        "lon": lon,
        "since": start_of_day(first),
        "until": start_of_day(last + timedelta(days=1)),
        "now": timezone.now(),
    }


def _among_words(search: OfficeSearch, start: int, count: int, values: Mapping[str, Any]) -> Found:
    fitting = find_offices(search)
    nearest_first = fitting.values_list("pk", "metres")  # type: ignore[misc]  # it is annotated
    metres = dict(nearest_first[start : start + count])
    if not metres:
        return Found([], 0)
    found = {"ids": list(metres), "metres": list(metres.values())}
    offices = {office.pk: office for office in map(_office, _read(among(), {**values, **found}))}
    total = fitting.count() if len(metres) == count else start + len(metres)
    return Found([offices[pk] for pk in metres if pk in offices], total)


def _total(search: OfficeSearch) -> int:
    where = search.province, search.service

    def read() -> int:
        [(total,)] = _read(counted(search), {"province": where[0], "service": where[1]})
        return int(total)

    return _TOTALS.or_make(where, read)


def _read(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with prepared_cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _office(row: tuple[Any, ...]) -> FoundOffice:
    *about, metres, seconds, _ = row
    moment = None if seconds is None else _moment(seconds)
    return FoundOffice._make((*about[:8], Place._make(about[8:]), metres, moment))


@lru_cache(maxsize=4096)  # most offices are free at the same few hours
def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
