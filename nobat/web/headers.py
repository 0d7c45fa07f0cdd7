"""What every answer tells the browser to keep from others."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_PERMISSIONS = ", ".join(
    [
        "geolocation=(self)",  # «نزدیک به من»
        "camera=()",
        "microphone=()",
        "payment=()",
        "usb=()",
    ]
)


class HeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # After «خروج», "back" on a shared device must not show somebody's pages.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
