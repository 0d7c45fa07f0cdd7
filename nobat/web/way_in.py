"""How a request has reached us, for what is answered in front of Django.

Django judges each way in once (scheme, host, proxy): after that it is known, with what its
middlewares say in an answer to it.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from typing import Any, NamedTuple
from wsgiref.types import WSGIEnvironment

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware

from nobat.web.headers import HeadersMiddleware

Headers = list[tuple[str, str]]
_WAYS_REMEMBERED = 32
SESSION_KEY = re.compile(r"[0-9a-z]{32}")  # as Django makes them

# Those of settings.MIDDLEWARE that dress every answer.
_DRESS: list[Any] = [
    XFrameOptionsMiddleware,
    HeadersMiddleware,
    SecurityMiddleware,
]


class Way(NamedTuple):
    """How a request has reached us, as Django understands it."""

    origin: str  # of our own pages, like https://nobat.example
    is_secure: bool
    told: tuple[tuple[str, str], ...]  # what Django judged it by


class WaysIn:
    """Those of one application."""

    def __init__(self) -> None:
        proxy = settings.SECURE_PROXY_SSL_HEADER
        self.told_by = ["wsgi.url_scheme", "HTTP_HOST", *(proxy[:1] if proxy else [])]
        self.known = lru_cache(maxsize=_WAYS_REMEMBERED)(self._way)

    def of(self, environ: WSGIEnvironment) -> Way | None:
        """None if Django would not let the request in."""
        return self.known(*(environ.get(name, "") for name in self.told_by))

    def _way(self, *said: str) -> Way | None:
        """Django's own judgement."""
        told = tuple(zip(self.told_by, said, strict=True))
        request = _request(told)
        try:
            origin = f"{request.scheme}://{request.get_host()}"
        except DisallowedHost:
            return None
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return None
        return Way(origin, request.is_secure(), told)


def dressed(way: Way, response: HttpResponse, *, cookie: str = "") -> Headers:
    """The headers of this answer, with those that all our answers to such a request have."""
    request = _request((*way.told, ("HTTP_COOKIE", cookie)))

    def answer(request: HttpRequest) -> HttpResponse:
        return response

    for middleware in _DRESS:
        answer = middleware(answer)
    return list(answer(request).headers.items())


def cookies_of(environ: WSGIEnvironment) -> dict[str, str]:
    """Those that are written plainly."""
    pairs = (pair.split("=", 1) for pair in environ.get("HTTP_COOKIE", "").split(";"))
    return {pair[0].strip(): pair[1].strip() for pair in pairs if len(pair) > 1}


def _request(told: Iterable[tuple[str, str]]) -> HttpRequest:
    return WSGIRequest({**dict(told), "REQUEST_METHOD": "GET", "wsgi.input": BytesIO()})
