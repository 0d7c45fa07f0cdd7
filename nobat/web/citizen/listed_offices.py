"""The offices on one page of a search: which they are is kept for some seconds, not their hours."""

from typing import NamedTuple

from nobat.offices.find import OfficeSearch, find_offices
from nobat.offices.models import Office
from nobat.shared.kept import Kept

OFFICES_ON_A_PAGE = 20


class Listed(NamedTuple):
    offices: list[Office]  # of this page, each with its `metres`
    total: int  # on all pages


# Offices open, close and move a few times a day in the whole country.
_LISTED: Kept[Listed] = Kept(most=500, seconds=10)


def listed_offices(search: OfficeSearch, page: int) -> Listed:
    """Those of the page, in their order, and how many there are.

    Kept where many ask for the same: not for words, nor around somebody's own place.
    """
    if search.has_words or search.near:
        return _read(search, page)
    return _LISTED.or_make((search, page), lambda: _read(search, page))


def _read(search: OfficeSearch, page: int) -> Listed:
    start = (page - 1) * OFFICES_ON_A_PAGE
    fitting = find_offices(search)
    offices = list(fitting[start : start + OFFICES_ON_A_PAGE])
    if len(offices) == OFFICES_ON_A_PAGE:
        return Listed(offices, fitting.count())
    return Listed(offices, start + len(offices) if offices else 0)  # the last page counts itself
