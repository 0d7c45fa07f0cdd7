"""A search and the page of an office, answered in front of Django.

Everybody looks at these, and before hours are published again and again; Django's way to them
costs several times what there is to draw. What stands here is only the frame that depends on who
asks: the name and the token in the bar. What is shown is made where the pages make it
(`find_office.py`, `choose_time.py`), and whatever is not as plain as usual goes the way of all
pages, which answers the same. Decision 34.
"""

import re
import time
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple
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
from nobat.web.citizen import choose_time, find_office
from nobat.web.compress import accepts_gzip, compressed
from nobat.web.form_token import cookie_line, masked, new_secret
from nobat.web.fragment import asks_for_part, page_with_bar
from nobat.web.way_in import SESSION_KEY, Headers, Way, WaysIn, cookies_of, dressed

_SECRET = re.compile(r"[0-9A-Za-z]{32}")


class Shown(NamedTuple):
    html: SafeString  # the main part of the page, or of it only what changes
    words: Mapping[str, Any]  # of the page around it


class Page(NamedTuple):
    name: str
    template: str
    here: str  # the part of the site in which it is
    address: re.Pattern[str]  # with the `code` of an office, if there is one
    choice: re.Pattern[str]  # what may be asked
    has_parts: bool  # for htmx
    # None, Http404 or trouble with the database: Django knows what to say.
    show: Callable[["Asked"], Shown | None]


class Asked(NamedTuple):
    """A request that is as plain as those of browsers are."""

    page: Page
    code: str  # of an office, if the page has one
    choice: Mapping[str, str]
    session_key: str  # empty: nobody has ever been signed in here
    secret: str  # behind the tokens of this browser; empty if it has none yet
    is_part: bool
    is_gzip: bool


def _office(asked: Asked) -> Shown:
    shown = choose_time.shown_office(asked.code, asked.choice, is_part=asked.is_part)
    return Shown(shown.html, choose_time.words_of(shown))


def _search(asked: Asked) -> Shown | None:
    shown = find_office.shown_offices(find_office.read_search(asked.choice))
    return Shown(shown.html, find_office.words_of(shown)) if shown else None


def _plain(names: Iterable[str]) -> re.Pattern[str]:
    """An address that asks for nothing else, in letters that nobody has to decode."""
    return re.compile(f"(?:(?:{'|'.join(names)})=[0-9A-Za-z_.-]{{0,50}}(?:&|$))*")


_PAGES = [
    Page(
        name="citizen:choose_time",
        template=choose_time.PAGE,
        here=choose_time.HERE,
        address=re.compile(r"/offices/(?P<code>[0-9]{1,12})/"),
        choice=_plain(choose_time.CHOICE),
        has_parts=True,
        show=_office,
    ),
    Page(
        name="citizen:find_office",
        template=find_office.PAGE,
        here=find_office.HERE,
        address=re.compile(r"/offices/"),
        choice=_plain(find_office.CHOICE),
        has_parts=False,
        show=_search,
    ),
]


class StraightPages:
    """Stands before the application, and lets pass whatever is not one of these pages."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.ways = WaysIn()
        self.headers = lru_cache(_headers)
        self.cookies = settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = self._answer(environ) if environ["REQUEST_METHOD"] == "GET" else None
        if answer is None:
            return self.application(environ, start_response)
        name, headers, content = answer
        name_page(name)
        start_response("200 OK", headers)
        return [content]

    def _answer(self, environ: WSGIEnvironment) -> tuple[str, Headers, bytes] | None:
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
        always = self.headers(
            way, asked.page.has_parts, asked.is_part, asked.is_gzip, bool(asked.session_key)
        )
        return asked.page.name, [*always, *more, ("Content-Length", str(len(content)))], content


def _asked(environ: WSGIEnvironment, of_session: str, of_secret: str) -> Asked | None:
    found = _found(environ["PATH_INFO"])
    query = environ.get("QUERY_STRING", "")
    if not found or environ.get("SCRIPT_NAME"):
        return None
    page, code = found
    if not page.choice.fullmatch(query):
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
        page,
        code,
        dict(pair.split("=", 1) for pair in query.split("&") if pair),
        session_key or "",
        secret or "",
        page.has_parts and asks_for_part(environ),
        accepts_gzip(environ),
    )


def _found(path: str) -> tuple[Page, str] | None:
    for page in _PAGES:
        if at := page.address.fullmatch(path):
            return page, at.groupdict().get("code", "")
    return None


def _part(asked: Asked) -> tuple[SafeString, Headers] | None:
    """What htmx puts into the page that is there: the same, whoever asks."""
    shown = asked.page.show(asked)
    return (shown.html, []) if shown else None


def _page(asked: Asked) -> tuple[SafeString, Headers] | None:
    now = timezone.now()
    if opening_ahead(now):
        return None  # it is said between bar and page
    if not asked.session_key:
        shown = asked.page.show(asked)
        return (_around(asked, shown, bar_of_a_stranger(asked.page.here)), []) if shown else None
    with first_name_asked_along(asked.session_key, now) as first_name:
        shown = asked.page.show(asked)
    said = first_name.answer()
    if shown is None or said is None:
        return None
    secret = asked.secret or new_secret()
    cookie = ("Set-Cookie", cookie_line(secret, int(time.time())))
    return _around(asked, shown, bar_of(said, masked(secret), asked.page.here)), [cookie]


def _around(asked: Asked, shown: Shown, bar: SafeString) -> SafeString:
    return page_with_bar(asked.page.template, shown.html, bar, shown.words)


def _headers(way: Way, has_parts: bool, is_part: bool, is_gzip: bool, has_session: bool) -> Headers:
    """What the pages say with such an answer: the same each time, so that it is found out once."""
    depends_on = [
        *(["HX-Request"] if has_parts else []),
        *([] if is_part else ["Cookie"]),
        "Accept-Encoding",
    ]
    response = HttpResponse(headers={"Vary": ", ".join(depends_on)})
    if is_gzip:
        response["Content-Encoding"] = "gzip"
    cookie = f"{settings.SESSION_COOKIE_NAME}=any" if has_session else ""
    return dressed(way, response, cookie=cookie)
