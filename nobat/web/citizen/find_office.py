"""Page: the offices that fit a search, nearest first, each with its first free hour."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nobat.appointments import policy
from nobat.offices.find import OfficeSearch, find_offices, offices_around
from nobat.offices.models import Office
from nobat.offices.places import provinces, subjects
from nobat.schedule.first_free import nearest_with_free, some_with_first_free
from nobat.shared.jalali import tehran_day
from nobat.web.citizen.office_cards import Card, cards, map_of, pins_of
from nobat.web.citizen.office_search import AskedFor, read_search

OFFICES_ON_A_PAGE = 20
OFFICES_AROUND = 5
_KEPT_FOR = int(timedelta(seconds=10).total_seconds())


@require_safe
def find_office(request: HttpRequest) -> HttpResponse:
    asked = read_search(request.GET)
    offices, total = _on_this_page(asked)
    if not offices and asked.page > 1:
        return redirect(asked.address())
    some_are_free = any(office.first_free_at for office in offices)  # type: ignore[attr-defined]
    # Nothing found or nothing free is never a dead end.
    place = _place(asked, offices)
    around = [] if some_are_free else _around(place)
    # Whoever named an office sees that one first, full or not.
    after_nearest, after_found = (0, len(offices)) if asked.called else (len(around), 0)
    nearest = list(cards(around, of=place, first_number=after_found + 1))
    found = list(cards(offices, of=asked.search, first_number=after_nearest + 1))
    context = {
        "here": "find",
        "asked": asked,
        "search": asked.search,
        "provinces": provinces(),
        "subjects": subjects(),
        "found": found,
        "total": total,
        "some_are_free": some_are_free,
        "nearest": nearest,
        "is_place_known": bool(place.near or place.county or place.province),
        "last_day": _bookable_days()[1],
        "distances_from": _distances_from(asked, nearest, found),
        "map": map_of(
            pins_of(sorted(nearest + found, key=lambda card: card.number)),
            towns=(card.office.county for card in nearest + found),
            near=asked.search.near,
        ),
        **_pages(asked, total),
    }
    return render(request, "citizen/find_office.html", context)


def _on_this_page(asked: AskedFor) -> tuple[Sequence[Office], int]:
    """The offices of this page, and how many there are on all of them."""
    first, last = _bookable_days()
    start = (asked.page - 1) * OFFICES_ON_A_PAGE
    fitting = find_offices(asked.search)
    offices = some_with_first_free(
        fitting, start=start, count=OFFICES_ON_A_PAGE, first=first, last=last
    )
    if len(offices) == OFFICES_ON_A_PAGE:
        return offices, max(_total(asked.search), start + len(offices))
    return offices, start + len(offices) if offices else 0  # this page is the last one


def _total(search: OfficeSearch) -> int:
    """A count looks at every office; those of a place change a few times a day at most."""
    if search.has_words:
        return find_offices(search).count()
    key = f"citizen.total.{search.province}.{search.county}.{search.service}"
    return cache.get_or_set(key, find_offices(search).count, _KEPT_FOR) or 0


def _place(asked: AskedFor, offices: Sequence[Office]) -> OfficeSearch:
    """Where other offices are looked for: around what was asked, else around what was found."""
    place = asked.search.without_words()
    counties = {office.county for office in offices}
    if place.near or asked.county or asked.province or len(counties) != 1:
        return place
    [county] = counties
    return replace(place, county=county.code, province=county.province_id)


def _around(search: OfficeSearch) -> Sequence[Office]:
    """Looks through the whole country; while a county is full, all who come ask for the same."""
    if search.near:
        return _read_around(search)
    key = f"citizen.around.{search.province}.{search.county}.{search.service}"
    return cache.get_or_set(key, partial(_read_around, search), _KEPT_FOR) or []


def _read_around(search: OfficeSearch) -> Sequence[Office]:
    first, last = _bookable_days()
    return nearest_with_free(offices_around(search), count=OFFICES_AROUND, first=first, last=last)


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
