"""No request says more than the largest file that we take: the rest is not even read."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from nobat.offices.spreadsheet import MOST_BYTES

LONGEST = MOST_BYTES + 1024 * 1024  # the file, and the form around it


class LongestBodyMiddleware:
    """Django limits the fields of a form by itself, but writes files of any length to the disk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdecimal() and int(said[:20]) > LONGEST:
            raise RequestDataTooBig("longer than any form of ours")
        return self.get_response(request)
