"""Page: the place in line before an opening; goes on by itself when it is one's turn."""

from datetime import datetime, timedelta
from random import SystemRandom

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nobat.appointments.opening import Opening, opening_now
from nobat.appointments.waiting_room import stand_in_line
from nobat.people.models import Person
from nobat.shared.jalali import hour
from nobat.shared.persian import fa_digits
from nobat.web.access import citizen_only
from nobat.web.waiting_gate import give_ticket
from nobat.web.way_back import way_back

LET_IN = "نوبت ورود شماست. تا ساعت {} می‌توانید یک نوبت بگیرید."
# Without a script the page asks again by itself, everybody at another moment.
_SOONEST, _LATEST = 5, 60  # seconds


@require_safe
@citizen_only
def waiting_room(request: HttpRequest) -> HttpResponse:
    citizen: Person = request.user  # type: ignore[assignment]
    now, onward = timezone.now(), way_back(request)
    opening = opening_now(now)
    if opening is None:
        return redirect(onward or "citizen:find_office")
    number = stand_in_line(citizen_id=citizen.pk, opening=opening, now=now)
    response = _page(request, opening, number, now)
    if number is not None:
        give_ticket(response, citizen=citizen, opening=opening, number=number, now=now)
    return response


def waiting_room_now(request: HttpRequest) -> HttpResponse:
    """The same few bytes for everybody, from the clock alone: how many have been let in."""
    now = timezone.now()
    opening = opening_now(now)
    says = {
        "open": opening is not None,
        "rate": settings.WAITING_ROOM_ADMITS,
        "admitted": opening.admitted(now) if opening else 0,
        "opens_in": max(0, round((opening.at - now).total_seconds())) if opening else 0,
    }
    return JsonResponse(says, headers={"Cache-Control": "public, max-age=1"})


def _page(
    request: HttpRequest, opening: Opening, number: int | None, now: datetime
) -> HttpResponse:
    onward = way_back(request)
    is_let_in = number is not None and number <= opening.admitted(now)
    if is_let_in and onward:
        messages.success(request, LET_IN.format(hour(opening.closes_at)))
        return redirect(onward)
    wait = opening.wait_of(number, now) if number else opening.at - now
    context = {
        "opening": opening,
        "number": number,
        "is_let_in": is_let_in,
        "place": max(1, number - opening.admitted(now)) if number else None,
        "wait": wait_in_words(wait),
        "onward": onward,
        "ask_again": _ask_again(wait),
    }
    return render(request, "citizen/waiting_room.html", context)


def wait_in_words(wait: timedelta) -> str:
    """As static/waiting_room.js says it."""
    minutes = round(wait.total_seconds() / 60)
    return fa_digits(f"حدود {minutes} دقیقه") if minutes else "کمتر از یک دقیقه"


def _ask_again(wait: timedelta) -> int:
    soon = min(max(wait.total_seconds() / 4, _SOONEST), _LATEST)
    return round(soon * SystemRandom().uniform(1, 1.5))
