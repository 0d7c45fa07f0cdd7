"""Offices as cards in a list, and under the same numbers as pins on a map."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings

from nobat.offices.find import OfficeSearch
from nobat.schedule.found_offices import FoundOffice, Place
from nobat.schedule.timetable import CalendarCounty, CalendarOffice
from nobat.shared.jalali import hour, long_day, tehran_day
from nobat.shared.persian import fa_digits
from nobat.web.citizen.asked_hour import page_of_office


class Card(NamedTuple):
    number: int
    office: FoundOffice
    address: str  # with county and province, where they are not those of the search
    geo: str  # opens the phone's own map
    metres: float | None
    first_free: str  # «چهارشنبه ۴ آذر، ساعت ۱۱:۳۰», or nothing
    link: str


def cards(
    offices: Iterable[FoundOffice], *, of: OfficeSearch, first_number: int = 1
) -> Iterator[Card]:
    asked = f"?{urlencode({'service': of.service})}" if of.service else ""
    for number, office in enumerate(offices, start=first_number):
        moment = office.first_free_at
        yield Card(
            number=number,
            office=office,
            address=_address(office, of),
            geo=geo(office),
            metres=office.metres,
            first_free=_in_words(moment) if moment else "",
            link=page_of_office("choose_time", office.code) + asked,
        )


def geo(office: CalendarOffice | FoundOffice) -> str:
    """The address by which phones open their own map at this place."""
    return f"geo:{office.lat:.5f},{office.lon:.5f}"


def pin(
    office: CalendarOffice | FoundOffice, *, lines: list[str], number: str = "", link: str = ""
) -> dict[str, Any]:
    """One office on the map: `lines` and `link` stand in the box that opens at it."""
    return {
        "lat": office.lat,
        "lon": office.lon,
        "geo": geo(office),
        "title": office.title,
        "lines": lines,
        "number": number,
        "link": link,
    }


def pins_of(cards: list[Card]) -> list[dict[str, Any]]:
    return [
        pin(
            card.office,
            lines=[card.address, _says_first_free(card)],
            number=fa_digits(card.number),
            link=card.link,
        )
        for card in cards
    ]


def map_of(
    pins: list[dict[str, Any]],
    *,
    towns: Iterable[CalendarCounty | Place],
    near: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """What _map.html shows and static/map.js draws."""
    known = {town.code: town for town in towns if town.lat is not None}
    return {
        "pins": pins,
        "towns": [{"name": at.name, "lat": at.lat, "lon": at.lon} for at in known.values()],
        "near": near,
        "tiles": settings.MAP_TILES_URL,
        "attribution": settings.MAP_TILES_ATTRIBUTION,
    }


def _address(office: FoundOffice, search: OfficeSearch) -> str:
    county = office.county
    where = []
    if county.province_code != search.province and county.province_name != county.name:
        where.append(county.province_name)
    if county.code != search.county:
        where.append(county.name)
    return fa_digits("، ".join([*where, office.address]))


@lru_cache(maxsize=4096)  # most offices are free at the same few hours
def _in_words(moment: datetime) -> str:
    return f"{long_day(tehran_day(moment))}، ساعت {hour(moment)}"


def _says_first_free(card: Card) -> str:
    return f"اولین وقت آزاد: {card.first_free}" if card.first_free else "وقت آزاد ندارد"
