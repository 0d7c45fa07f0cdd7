"""The form that books an hour, answered in front of Django.

In a rush this is what everybody sends, and each part of the way through the pages costs as
much as the booking itself. What stands here is only what has to be asked before `take_turn`:
whether the form is ours and whole. Whatever is not as plain as that (somebody signed out, a
refusal, letters of other alphabets, a strange form) goes the way of all pages, which answers
the same, and knows what the database has said already. Decision 36.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from io import BytesIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponseRedirect
from django.middleware.csrf import _does_token_match  # type: ignore[attr-defined]
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from nobat.appointments.opening import opening_now
from nobat.appointments.take_turn import Turn, Wanted, take_turn_in_session
from nobat.shared.asked import name_page
from nobat.web.way_in import SESSION_KEY, Headers, Way, WaysIn, cookies_of, dressed

_PAGE = re.compile(r"/offices/[0-9]{1,12}/book/")
_FORM = {
    "csrfmiddlewaretoken": re.compile(r"[0-9A-Za-z]{64}"),
    "slot": re.compile(r"[1-9][0-9]{0,17}"),
    "service": re.compile(r"[a-z0-9_-]{1,50}"),
    "cases": re.compile(r"[1-9][0-9]?"),
    "key": re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
}
_FORM_TYPE = "application/x-www-form-urlencoded"
_LONGEST_FORM = 1000  # bytes; ours are a quarter of it
_GIVEN = {"Booked", "Repeated"}
_SAID = "nobat.straight_turn"
_ANY = "a-turn"  # in whose place the tracking code stands


class StraightBooking:
    """Stands before the application, and lets pass whatever is not the booking of an hour."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.ways = WaysIn()
        self.headers = lru_cache(_headers)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST" and _PAGE.fullmatch(environ["PATH_INFO"]):
            way = self.ways.of(environ)
            turn = _turn(environ, way) if way else None
            if way and turn and turn.outcome in _GIVEN:
                name_page("citizen:book")
                address = _booked_page().replace(_ANY, str(turn.reference))
                start_response("302 Found", [*self.headers(way), ("Location", address)])
                return []
            environ[_SAID] = turn
        return self.application(environ, start_response)


def straight_turn(request: HttpRequest) -> Turn | None:
    """What take_turn has said to this request already, if it was asked."""
    turn: Turn | None = request.META.get(_SAID)
    return turn


def _turn(environ: WSGIEnvironment, way: Way) -> Turn | None:
    """What take_turn says; None if it was not asked, or could not answer."""
    form, cookies = _form(environ), cookies_of(environ)
    session_key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    if not (form and SESSION_KEY.fullmatch(session_key) and _is_ours(environ, way, form, cookies)):
        return None
    now = timezone.now()
    if opening_now(now):
        return None  # the waiting room lets people in
    wanted = Wanted(int(form["slot"]), form["service"], int(form["cases"]), form["key"])
    try:
        return take_turn_in_session(wanted, session_key=session_key, now=now)
    except Error:
        return None  # asked again with the same key, and answered with the page for it


def _form(environ: WSGIEnvironment) -> dict[str, str] | None:
    """Only if it is filled in exactly as our pages do it. It can still be read by others."""
    length = environ.get("CONTENT_LENGTH", "")
    if not (length.isdecimal() and int(length) <= _LONGEST_FORM):
        return None
    if environ.get("CONTENT_TYPE") != _FORM_TYPE:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(body)
    form = dict(pair.split("=", 1) for pair in body.decode("latin-1").split("&") if "=" in pair)
    is_plain = all(plain.fullmatch(form.get(name, "")) for name, plain in _FORM.items())
    return form if is_plain and b"%" not in body else None


def _is_ours(
    environ: WSGIEnvironment, way: Way, form: Mapping[str, str], cookies: Mapping[str, str]
) -> bool:
    """Whether Django's test against forms of other sites (CsrfViewMiddleware) ends well.

    Where that takes more than a glance (no Origin under HTTPS, an origin that is trusted, a
    token in a header), the answer is no, and Django is asked itself.
    """
    origin = environ.get("HTTP_ORIGIN")
    if origin != way.origin and (origin is not None or way.is_secure):
        return False
    secret = cookies.get(settings.CSRF_COOKIE_NAME, "")
    return bool(_does_token_match(form["csrfmiddlewaretoken"], secret))


def _headers(way: Way) -> Headers:
    """What the pages say with such an answer: the same each time, so that it is found out once."""
    response = HttpResponseRedirect("/", headers={"Content-Length": "0", "Vary": "Cookie"})
    add_never_cache_headers(response)
    del response["Location"]
    return dressed(way, response)


@cache
def _booked_page() -> str:
    return reverse("citizen:booked", args=[_ANY])
