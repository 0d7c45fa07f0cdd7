"""Page: why an hour could not be had, the nearest free ones, and the ways on from there."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from nobat.appointments import book, policy
from nobat.appointments.models import Suspension
from nobat.people.models import Person
from nobat.schedule.nearest_free import nearest_free
from nobat.shared.jalali import full_day, tehran_day
from nobat.shared.kept import Kept
from nobat.shared.rules import RuleBroken
from nobat.web.access import to_sign_in
from nobat.web.citizen.asked_hour import AskedHour, AskedHourForm
from nobat.web.citizen.other_offices import other_offices
from nobat.web.citizen.ways_on import ways_on
from nobat.web.errors import in_place_of_the_page
from nobat.web.fragment import page_around_part
from nobat.web.refusals import title_and_rest
from nobat.web.signed_in import sign_out_of_this_device

HOUR_IS_GONE = (book.SlotFull, book.NoTurnAfter)
OTHER_OFFICES = 3


class Said(NamedTuple):
    title: str
    html: SafeString  # the main part of the page


_GONE: Kept[Said | None] = Kept(most=200)


class Tile(NamedTuple):
    """One free hour near the wanted one, and the page that asks for it."""

    day: date
    starts_at: datetime
    ends_at: datetime
    seats: int
    address: str


def refused_hour(request: HttpRequest, refusal: RuleBroken, form: AskedHourForm) -> HttpResponse:
    """The refusal with its status; for an hour that is gone, with the nearest free ones.

    Whoever has left meanwhile is signed out here as on all devices, and told why.
    """
    if isinstance(refusal, book.HasLeft):
        sign_out_of_this_device(request)
        messages.warning(request, refusal.message)
        return to_sign_in(request)
    # In a rush nearly everybody is told the same.
    is_for_all = isinstance(refusal, HOUR_IS_GONE) and not form.moving
    if is_for_all:
        key = (type(refusal), form.office_code, *form.choice)
        said = _GONE.or_make(key, lambda: _said(refusal, form, {}))
    else:
        said = _said(refusal, form, _about_citizen(request, refusal))
    if said is None:
        # Hours change: what was shown a minute ago may not be there at all.
        return back_to_calendar(request, refusal.message, form)
    response = page_around_part(
        request,
        page="citizen/refused_hour.html",
        part=said.html,
        here="mine" if form.moving else "find",
        words={"title": said.title},
        status=refusal.status,
    )
    return in_place_of_the_page(request, response)


def _said(refusal: RuleBroken, form: AskedHourForm, of_citizen: dict[str, Any]) -> Said | None:
    """Of who asks it knows only what is handed to it; None, if there is no such hour."""
    asked = form.hour()
    if asked is None:
        return None
    title, why = title_and_rest(refusal.message)
    context: dict[str, Any] = {
        "refusal": type(refusal).__name__,
        "title": title,
        "why": why,
        "asked": asked,
        "moving": form.moving,
        "calendar": form.calendar(asked.slot.office.code),
        "ways": ways_on(refusal, form, asked),
    }
    if isinstance(refusal, HOUR_IS_GONE):
        context |= {"nearest": _tiles(form, asked), "others": _other_offices(form, asked)}
    context |= of_citizen
    html = render_to_string("citizen/_refused_hour.html", context)
    return Said(context["title"], SafeString(html))


def _about_citizen(request: HttpRequest, refusal: RuleBroken) -> dict[str, Any]:
    """Until when somebody is suspended, and for which appointment."""
    if not isinstance(refusal, book.Suspended):
        return {}
    citizen: Person = request.user  # type: ignore[assignment]
    suspension = running_suspension(citizen)
    if suspension is None:
        return {"suspension": None}
    return {
        "suspension": suspension,
        "rules": policy.rules_on(suspension.cause.day),
        "title": f"تا {full_day(tehran_day(suspension.until))} نوبت اینترنتی ندارید",
    }


def back_to_calendar(request: HttpRequest, sentence: str, form: AskedHourForm) -> HttpResponse:
    """To the free hours of the office, with whatever of the choice still holds."""
    messages.warning(request, sentence)
    return redirect(form.calendar())


def running_suspension(citizen: Person) -> Suspension | None:
    """The one that lasts longest, with the appointment that it is for."""
    return Suspension.objects.of(citizen).running(timezone.now()).explained().first()


def _tiles(form: AskedHourForm, asked: AskedHour) -> list[Tile]:
    office = asked.slot.office
    first, last = policy.bookable_days(tehran_day(timezone.now()))
    otherwise = policy.days_with_other_turns(asked.cases, asked.turns, first, last)
    found = nearest_free(
        office,
        wanted=asked.slot.starts_at,
        turns=asked.turns,
        first=first,
        last=last,
        but_not=Q(day__in=otherwise) if otherwise else None,
    )
    return [
        Tile(
            day=tehran_day(each.starts_at),
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            seats=each.seats,
            address=form.page_of(each.slot_id, office.code),
        )
        for each in found
        if not (form.moving and each.slot_id in form.moving.held_slot_ids[:1])
    ]


def _other_offices(form: AskedHourForm, asked: AskedHour) -> list[dict[str, Any]]:
    """The nearest others with this service and a free hour."""
    first, last = policy.bookable_days(tehran_day(timezone.now()))
    service = asked.service.code
    free = other_offices(asked.slot.office, service=service, first=first, last=last)
    return [{"office": each, "address": form.calendar(each.code)} for each in free[:OTHER_OFFICES]]
