"""The gate of the waiting room: in front of taking a seat, and of nothing else.

While no waiting room is on, it asks nobody for anything.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from nobat.appointments.opening import Opening, opening_now
from nobat.appointments.take_turn import Turn
from nobat.appointments.waiting_room import NoTicket, Ticket, read_ticket, use_ticket
from nobat.people.models import Person
from nobat.shared.rules import RuleBroken
from nobat.web.errors import in_place_of_the_page
from nobat.web.refusals import title_and_rest
from nobat.web.way_back import is_own_path, with_way_back

Asked = ParamSpec("Asked")
View = Callable[Concatenate[HttpRequest, Asked], HttpResponse]
_TICKET = "_waiting_ticket"
_PAGE = "waiting_room"


def through_the_waiting_room(view: View[Asked]) -> View[Asked]:
    """Whoever sends the form without having been let in stands in line, and comes back to it.

    For views under citizen_only. The form's choice stands in the address of its page.
    """

    @wraps(view)
    def gated(request: HttpRequest, *args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponse:
        now = timezone.now()
        opening = opening_now(now) if request.method == "POST" else None
        if opening is None:
            return view(request, *args, **kwargs)
        citizen: Person = request.user  # type: ignore[assignment]
        try:
            ticket = read_ticket(_shown(request), citizen_id=citizen.pk, opening=opening, now=now)
        except NoTicket:
            return redirect(_room(request))
        except RuleBroken as refusal:
            return _refused(request, refusal)
        setattr(request, _TICKET, ticket)
        response = view(request, *args, **kwargs)
        if getattr(request, _TICKET) is None:  # used: the next turn begins in line again
            response.delete_cookie(settings.TICKET_COOKIE_NAME, samesite="Lax")
        return response

    return gated


def with_ticket(request: HttpRequest, take: Callable[[], Turn]) -> Turn:
    """Take the seat; a ticket is used up by it, and by nothing else.

    Raises TicketUsed, and then no seat is taken. The same form a second time takes none.
    """
    ticket: Ticket | None = getattr(request, _TICKET, None)
    if ticket is None:
        return take()
    with transaction.atomic():
        turn = take()
        if turn.outcome != "Repeated":
            use_ticket(ticket, timezone.now())
    setattr(request, _TICKET, None)
    return turn


def give_ticket(
    response: HttpResponse, *, citizen: Person, opening: Opening, number: int, now: datetime
) -> None:
    """Worth nothing before its number is let in, nor for anybody else."""
    response.set_cookie(
        settings.TICKET_COOKIE_NAME,
        Ticket(opening.at.timestamp(), citizen.pk, number).signed(),
        max_age=int((opening.closes_at - now).total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _shown(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.TICKET_COOKIE_NAME, "")


def _room(request: HttpRequest) -> str:
    here = request.get_full_path()
    return with_way_back(_PAGE, here if is_own_path(here) else "")


def _refused(request: HttpRequest, refusal: RuleBroken) -> HttpResponse:
    title, why = title_and_rest(refusal.message)
    context = {"title": title, "why": why, "room": _room(request)}
    page = render(request, "citizen/not_let_in.html", context, status=refusal.status)
    return in_place_of_the_page(request, page)
