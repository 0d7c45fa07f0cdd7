"""The form that books an hour, answered before anything else of a page is made ready.

In a rush this is what everybody sends, and seconds count. What stands here is only what has to
be asked before `take_turn`: whether the form is ours and whole. Whatever is not as plain as
that (somebody signed out, a refusal, a strange form) goes the way of all pages, which answers
the same, and knows what the database has said already.
"""

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.security import SecurityMiddleware
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from nobat.appointments import policy
from nobat.appointments.opening import opening_now
from nobat.appointments.take_turn import Turn, Wanted, day_of_rules, take_turn_in_session
from nobat.web.headers import HeadersMiddleware

_PAGE = re.compile(r"/offices/[^/]+/book/")
_FORM = {
    "slot": re.compile(r"[1-9][0-9]{0,17}"),
    "service": re.compile(r"[a-z0-9_-]{1,50}"),
    "cases": re.compile(r"[1-9][0-9]?"),
    "key": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
}
_GIVEN = {"Booked", "Repeated"}
_TURN = "_straight_turn"
_ANY = "a-turn"  # in whose place the tracking code stands

# Those of settings.MIDDLEWARE that dress every answer.
_DRESS: list[Any] = [
    XFrameOptionsMiddleware,
    HeadersMiddleware,
    CSPMiddleware,
    SecurityMiddleware,
]

GetResponse = Callable[[HttpRequest], HttpResponse]


class StraightBookingMiddleware:
    """Stands before all others, and lets pass whatever is not the booking of an hour."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.our_forms = _OurForms(get_response)
        self.headers: dict[bool, dict[str, str]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and _PAGE.fullmatch(request.path_info):
            turn = self._turn(request)
            if turn and turn.outcome in _GIVEN:
                return self._to_the_booked_turn(request, str(turn.reference))
            setattr(request, _TURN, turn)
        return self.get_response(request)

    def _turn(self, request: HttpRequest) -> Turn | None:
        """What take_turn says; None if it was not asked, or could not answer."""
        session_key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        try:
            request.get_host()  # refuses a name that is not ours
            if not session_key or _has_to_be_secure(request) or not self.our_forms.sent(request):
                return None
            now = timezone.now()
            wanted = _wanted(request)
            if opening_now(now):
                return None  # the waiting room lets people in
            if wanted is None or wanted.cases > _most_cases(wanted, now):
                return None
            return take_turn_in_session(wanted, session_key=session_key, now=now)
        except (DatabaseError, SuspiciousOperation):
            return None  # asked again with the same key, and answered with the page for it

    def _to_the_booked_turn(self, request: HttpRequest, reference: str) -> HttpResponse:
        is_secure = request.is_secure()
        if is_secure not in self.headers:
            self.headers[is_secure] = _headers(request)
        address = _booked_page().replace(_ANY, reference)
        return HttpResponseRedirect(address, headers=self.headers[is_secure])


class _OurForms(CsrfViewMiddleware):
    """Django's test against forms that other sites send; whatever fails it goes on as it is."""

    def sent(self, request: HttpRequest) -> bool:
        """Whether this request comes from a form of our own pages."""
        self.process_request(request)
        return self.process_view(request, _plain_answer, (), {}) is None

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(status=403)  # seen by nobody


def straight_turn(request: HttpRequest) -> Turn | None:
    """What take_turn has said to this request already, if it was asked."""
    turn: Turn | None = getattr(request, _TURN, None)
    return turn


def _plain_answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _headers(request: HttpRequest) -> dict[str, str]:
    """What the pages say with such an answer: the same each time, so that it is found out once."""
    answer = _never_kept
    for middleware in _DRESS:
        answer = middleware(answer)
    return dict(answer(request).headers.items())


def _never_kept(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(headers={"Content-Length": "0", "Vary": "Cookie"})
    add_never_cache_headers(response)
    return response


def _has_to_be_secure(request: HttpRequest) -> bool:
    return bool(settings.SECURE_SSL_REDIRECT) and not request.is_secure()


def _wanted(request: HttpRequest) -> Wanted | None:
    """The form, if it is filled in exactly as our pages fill it in."""
    form = request.POST
    said = {name: form.get(name, "") for name in _FORM}
    if not all(plain.fullmatch(said[name]) for name, plain in _FORM.items()):
        return None
    return Wanted(int(said["slot"]), said["service"], int(said["cases"]), UUID(said["key"]))


def _most_cases(wanted: Wanted, now: datetime) -> int:
    return policy.rules_on(day_of_rules(wanted.slot_id, now)).most_cases


@cache
def _booked_page() -> str:
    return reverse("citizen:booked", args=[_ANY])
