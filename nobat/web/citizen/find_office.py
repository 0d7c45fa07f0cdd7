"""Page: the offices that fit a search, nearest first, each with its first free hour."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from nobat.appointments import policy
from nobat.offices.find import OfficeSearch
from nobat.offices.places import provinces, subjects
from nobat.schedule.found_offices import FoundOffice, found_offices, free_offices_around
from nobat.shared.jalali import tehran_day
from nobat.shared.kept import Kept
from nobat.web.citizen.drawn_offices import drawn_cards
from nobat.web.citizen.office_cards import Card, cards, map_of, pins_of
from nobat.web.citizen.office_search import AskedFor, read_search
from nobat.web.fragment import page_around

OFFICES_ON_A_PAGE = 20
OFFICES_AROUND = 5


PAGE, HERE = "citizen/find_office.html", "find"
# What its address may say.
CHOICE = ("province", "county", "service", "page", "lat", "lon", "name", "manager", "phone", "code")


class Shown(NamedTuple):
    heading: str
    html: SafeString  # the main part of the page
    has_map: bool


# What so many ask for at once, and knows nothing of them: of every county and province, some 60 kB
# each. What is free in an office, its own page says again, and newer. Nothing: no such page.
_SHOWN: Kept[Shown | None] = Kept(most=600, seconds=10)
# Looks through a whole province, or the country; while a county is full, all who come ask for
# the same.
_AROUND: Kept[list[FoundOffice]] = Kept(most=200, seconds=10)


@require_safe
def find_office(request: HttpRequest) -> HttpResponse:
    asked = read_search(request.GET)
    shown = shown_offices(asked)
    if shown is None:
        return redirect(asked.address())
    return page_around(request, page=PAGE, part=shown.html, here=HERE, words=words_of(shown))


def shown_offices(asked: AskedFor) -> Shown | None:
    """As they were at most ten seconds ago, but around somebody's own place. None: there is no such
    page of them."""
    if asked.search.near:
        return _shown(asked)
    return _SHOWN.or_make(asked, lambda: _shown(asked))


def words_of(shown: Shown) -> dict[str, Any]:
    """Of the page around it."""
    return {"heading": shown.heading, "has_map": shown.has_map}


def _shown(asked: AskedFor) -> Shown | None:
    first, last = _bookable_days()
    start = (asked.page - 1) * OFFICES_ON_A_PAGE
    offices, total = found_offices(
        asked.search, start=start, count=OFFICES_ON_A_PAGE, first=first, last=last
    )
    if start and not offices:
        return None
    some_are_free = any(office.first_free_at for office in offices)
    # Nothing found or nothing free is never a dead end.
    place = _place(asked, offices)
    around = [] if some_are_free else _around(place)
    # Whoever named an office sees that one first, full or not.
    after_nearest, after_found = (0, len(offices)) if asked.called else (len(around), 0)
    nearest = list(cards(around, of=place, first_number=after_found + 1))
    found = list(cards(offices, of=asked.search, first_number=after_nearest + 1))
    context = {
        "asked": asked,
        "search": asked.search,
        "provinces": provinces(),
        "subjects": subjects(),
        "found": found,
        "total": total,
        "some_are_free": some_are_free,
        "nearest": nearest,
        "found_cards": drawn_cards(found, until=last),
        "nearest_cards": drawn_cards(nearest, until=last),
        "is_place_known": bool(place.near or place.county or place.province),
        "last_day": last,
        "distances_from": _distances_from(asked, nearest, found),
        "map": map_of(
            pins_of(sorted(nearest + found, key=lambda card: card.number)),
            towns=(card.office.county for card in nearest + found),
            near=asked.search.near,
        ),
        **_pages(asked, total),
    }
    html = render_to_string("citizen/_found_offices.html", context)
    return Shown(asked.heading, SafeString(html), has_map=bool(nearest or found))


def _place(asked: AskedFor, offices: Sequence[FoundOffice]) -> OfficeSearch:
    """Where other offices are looked for: around what was asked, else around what was found."""
    place = asked.search.without_words()
    counties = {office.county for office in offices}
    if place.near or asked.county or asked.province or len(counties) != 1:
        return place
    [county] = counties
    return replace(place, county=county.code, province=county.province_code)


def _around(search: OfficeSearch) -> list[FoundOffice]:
    if search.near:
        return _read_around(search)
    return _AROUND.or_make(search, lambda: _read_around(search))


def _read_around(search: OfficeSearch) -> list[FoundOffice]:
    first, last = _bookable_days()
    return free_offices_around(search, count=OFFICES_AROUND, first=first, last=last)


def _bookable_days() -> tuple[date, date]:
    return policy.bookable_days(tehran_day(timezone.now()))


def _distances_from(asked: AskedFor, nearest: list[Card], found: list[Card]) -> str:
    if asked.search.near:
        return "جای شما"
    if all(card.metres is None for card in nearest + found):
        return ""
    # Where no county was asked for, others are near the one of what was found.
    return f"مرکز {asked.county.name if asked.county else found[0].office.county.name}"


def _pages(asked: AskedFor, total: int) -> dict[str, Any]:
    last = -(-total // OFFICES_ON_A_PAGE)
    before, after = asked.page - 1, asked.page + 1
    return {
        "page": asked.page,
        "last_page": last,
        "page_before": asked.address(page=str(before)) if before else "",
        "page_after": asked.address(page=str(after)) if after <= last else "",
    }
