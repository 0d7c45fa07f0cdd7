"""Page: one office, its days and its free hours."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from nobat.people.models import Person
from nobat.shared.kept import Kept
from nobat.shared.persian import latin_digits
from nobat.web.access import citizen_only
from nobat.web.citizen.office_page import OfficePage, office_page
from nobat.web.citizen.own_appointment import own_appointment, refuse_if_over
from nobat.web.fragment import page_around_part, wants_part

# In a rush thousands look at the same few calendars; each of these is some 60 kB.
_PAGES: Kept[OfficePage] = Kept(most=200)
CHOICE = ("service", "cases", "day")  # what its address may say
PAGE, HERE = "citizen/choose_time.html", "find"


@require_safe
def choose_time(request: HttpRequest, code: str) -> HttpResponse:
    if request.GET.get("moving"):
        return _choose_time_to_move(request, code)
    shown = shown_office(code, request.GET, is_part=wants_part(request))
    return _answer(request, shown, here=HERE)


def shown_office(code: str, asked: Mapping[str, str], *, is_part: bool) -> OfficePage:
    """As it was at most two seconds ago. Raises Http404."""
    choice = {name: asked.get(name, "") for name in CHOICE}
    return _PAGES.or_make(
        (code, is_part, *choice.values()),
        lambda: office_page(code, choice, moving=None, is_part=is_part),
    )


@citizen_only
def _choose_time_to_move(request: HttpRequest, code: str) -> HttpResponse:
    citizen: Person = request.user  # type: ignore[assignment]
    moving = own_appointment(citizen, latin_digits(request.GET["moving"]))
    refuse_if_over(moving, timezone.now())
    shown = office_page(code, request.GET.dict(), moving=moving, is_part=wants_part(request))
    return _answer(request, shown, here="mine")


def _answer(request: HttpRequest, shown: OfficePage, *, here: str) -> HttpResponse:
    return page_around_part(
        request,
        page=PAGE,
        part=shown.html,
        here=here,
        words=words_of(shown),
    )


def words_of(shown: OfficePage) -> dict[str, str]:
    """Of the page around it."""
    return {"office_title": shown.title}
