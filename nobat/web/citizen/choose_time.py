"""Page: one office, its days and its free hours."""

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


@require_safe
def choose_time(request: HttpRequest, code: str) -> HttpResponse:
    if request.GET.get("moving"):
        return _choose_time_to_move(request, code)
    asked = {name: request.GET.get(name, "") for name in ("service", "cases", "day")}
    is_part = wants_part(request)
    shown = _PAGES.or_make(
        (code, is_part, *asked.values()),
        lambda: office_page(code, asked, moving=None, is_part=is_part),
    )
    return _answer(request, shown, here="find")


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
        page="citizen/choose_time.html",
        part=shown.html,
        here=here,
        words={"office_title": shown.title},
    )
