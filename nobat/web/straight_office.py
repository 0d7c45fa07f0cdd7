"""The page of an office, answered in front of Django.

Before hours are published, everybody looks at it again and again, and Django's way to it costs
several times what there is to draw. What stands here is only the frame that depends on who
asks: the name and the token in the bar. What is shown is made where the page makes it
(`choose_time.py`), and whatever is not as plain as usual goes the way of all pages, which
answers the same. Decision 34.
"""

import re
import time
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import Error
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from nobat.appointments.opening import opening_ahead
from nobat.people.first_name import first_name_asked_along
from nobat.shared.asked import name_page
from nobat.web.bar import bar_of, bar_of_a_stranger
from nobat.web.citizen.choose_time import HERE, PAGE, shown_office, words_of
from nobat.web.citizen.office_page import OfficePage
from nobat.web.compress import accepts_gzip, compressed
from nobat.web.form_token import cookie_line, masked, new_secret
from nobat.web.fragment import asks_for_part, page_with_bar
from nobat.web.way_in import SESSION_KEY, Headers, Way, WaysIn, cookies_of, dressed

_PAGE = re.compile(r"/offices/([0-9]{1,12})/")
_CHOICE = re.compile(r"(?:(?:day|service|cases)=[0-9A-Za-z_-]{0,50}(?:&|$))*")
_SECRET = re.compile(r"[0-9A-Za-z]{32}")


class Asked(NamedTuple):
    """A request that is as plain as those of browsers are."""

    code: str
    choice: Mapping[str, str]
    session_key: str  # empty: nobody has ever been signed in here
    secret: str  # behind the tokens of this browser; empty if it has none yet
    is_part: bool
    is_gzip: bool


class StraightOffice:
    """Stands before the application, and lets pass whatever is not the page of an office."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.ways = WaysIn()
        self.headers = lru_cache(_headers)
        self.cookies = settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = self._answer(environ) if environ["REQUEST_METHOD"] == "GET" else None
        if answer is None:
            return self.application(environ, start_response)
        headers, content = answer
        name_page("citizen:choose_time")
        start_response("200 OK", headers)
        return [content]

    def _answer(self, environ: WSGIEnvironment) -> tuple[Headers, bytes] | None:
        asked = _asked(environ, *self.cookies)
        way = self.ways.of(environ) if asked else None
        if not (asked and way):
            return None
        try:
            drawn = _part(asked) if asked.is_part else _page(asked)
        except (Error, Http404):
            return None  # asked again, and answered with the page for it
        if drawn is None:
            return None
        html, more = drawn
        content = compressed(html.encode()) if asked.is_gzip else html.encode()
        always = self.headers(way, asked.is_part, asked.is_gzip, bool(asked.session_key))
        return [*always, *more, ("Content-Length", str(len(content)))], content


def _asked(environ: WSGIEnvironment, of_session: str, of_secret: str) -> Asked | None:
    page = _PAGE.fullmatch(environ["PATH_INFO"])
    query = environ.get("QUERY_STRING", "")
    if not (page and _CHOICE.fullmatch(query)) or environ.get("SCRIPT_NAME"):
        return None
    cookies = cookies_of(environ)
    session_key = cookies.get(of_session)
    secret = cookies.get(of_secret)
    is_plain = (
        (session_key is None or SESSION_KEY.fullmatch(session_key))
        and (secret is None or _SECRET.fullmatch(secret))
        and CookieStorage.cookie_name not in cookies  # something is to be said above the page
    )
    if not is_plain:
        return None
    return Asked(
        page[1],
        dict(pair.split("=", 1) for pair in query.split("&") if pair),
        session_key or "",
        secret or "",
        asks_for_part(environ),
        accepts_gzip(environ),
    )


def _part(asked: Asked) -> tuple[SafeString, Headers]:
    """What htmx puts into the page that is there: the same, whoever asks."""
    return _shown(asked).html, []


def _page(asked: Asked) -> tuple[SafeString, Headers] | None:
    now = timezone.now()
    if opening_ahead(now):
        return None  # it is said between bar and page
    if not asked.session_key:
        return _around(_shown(asked), bar_of_a_stranger(HERE)), []
    with first_name_asked_along(asked.session_key, now) as first_name:
        shown = _shown(asked)
    said = first_name.answer()
    if said is None:
        return None
    secret = asked.secret or new_secret()
    cookie = ("Set-Cookie", cookie_line(secret, int(time.time())))
    return _around(shown, bar_of(said, masked(secret), HERE)), [cookie]


def _shown(asked: Asked) -> OfficePage:
    return shown_office(asked.code, asked.choice, is_part=asked.is_part)


def _around(shown: OfficePage, bar: SafeString) -> SafeString:
    return page_with_bar(PAGE, shown.html, bar, words_of(shown))


def _headers(way: Way, is_part: bool, is_gzip: bool, has_session: bool) -> Headers:
    """What the pages say with such an answer: the same each time, so that it is found out once."""
    depends_on = ["HX-Request", *([] if is_part else ["Cookie"]), "Accept-Encoding"]
    response = HttpResponse(headers={"Vary": ", ".join(depends_on)})
    if is_gzip:
        response["Content-Encoding"] = "gzip"
    cookie = f"{settings.SESSION_COOKIE_NAME}=any" if has_session else ""
    return dressed(way, response, cookie=cookie)
