"""Who only reads may read a copy while the primary cannot be had."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from nobat.database.reading import may_read_a_copy

_READS = {"GET", "HEAD"}
_ONLY_LOOKS = "office:find_expected"


class ReadingMiddleware:
    """No form: what it asks for is decided, and nothing is decided by a copy. But for the one
    that only looks: whose receipt this is stays out of the address, and is asked like a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in _READS and request.path != reverse(_ONLY_LOOKS):
            return self.get_response(request)
        with may_read_a_copy():
            return self.get_response(request)
