"""Who only reads may read a copy while the primary cannot be had."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from nobat.database.reading import may_read_a_copy

_READS = {"GET", "HEAD"}


class ReadingMiddleware:
    """No form: what it asks for is decided, and nothing is decided by a copy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in _READS:
            return self.get_response(request)
        with may_read_a_copy():
            return self.get_response(request)
