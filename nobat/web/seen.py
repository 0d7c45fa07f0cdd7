"""The outermost layer: each request has a number, is counted, and leaves one line in the log."""

import logging
from collections.abc import Callable, Iterable
from time import perf_counter
from types import TracebackType
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from nobat.shared import asked
from nobat.shared.asked import Asked, is_well_formed, name_page
from nobat.shared.counts import count_request

log = logging.getLogger("nobat.access")

NO_PAGE, STATIC = "none", "static"
_METHODS = {"GET", "HEAD", "POST"}  # anybody may invent another one
_Headers = list[tuple[str, str]]
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]


class Seen:
    """Stands before everything, also before what is answered in front of Django."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.believes_proxies = settings.TRUSTED_PROXIES > 0
        self.static = f"/{settings.STATIC_URL.strip('/')}/"

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began = perf_counter()
        told = environ.get("HTTP_X_REQUEST_ID", "") if self.believes_proxies else ""
        now = Asked(told if told and is_well_formed(told) else "")
        status = 500

        def start(
            line: str, headers: _Headers, exc_info: _ExcInfo | None = None, /
        ) -> Callable[[bytes], object]:
            nonlocal status
            status = int(line[:3])
            return start_response(line, [*headers, ("X-Request-ID", now.request_id)], exc_info)

        token = asked.begin(now)
        try:
            return self.application(environ, start)
        finally:
            page = now.page or self._without_name(environ["PATH_INFO"])
            method = environ["REQUEST_METHOD"]
            known = method if method in _METHODS else "other"
            _tell(page, known, status, perf_counter() - began)
            asked.end(token)

    def _without_name(self, path: str) -> str:
        return STATIC if path.startswith(self.static) else NO_PAGE


class PageNameMiddleware:
    """Says which page it is, as soon as its address is understood."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        found = request.resolver_match
        name_page((found and found.view_name) or NO_PAGE)


def _tell(page: str, method: str, status: int, seconds: float) -> None:
    count_request(page, method, status, seconds)
    if log.isEnabledFor(logging.INFO):
        ms = round(seconds * 1000, 1)
        said = {"page": page, "status": status, "duration_ms": ms}
        log.info("%s %s: %d in %.1f ms", method, page, status, ms, extra=said)
