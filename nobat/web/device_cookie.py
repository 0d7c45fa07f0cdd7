"""A browser that asks for SMS codes is known again for a day, by a number made by chance.

Nothing leads from the number to a person. Whoever throws the cookie away is a device never
seen before, and for them the limits of their address hold alone.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

KNOWN_FOR = timedelta(days=1)  # as long as the longest limit of a device
_SALT = "nobat.web.device_cookie"
_OF_THIS_REQUEST = "_device"


class DeviceCookieMiddleware:
    """Gives the cookie to browsers that device_of was asked about, and to no others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        device = getattr(request, _OF_THIS_REQUEST, None)
        if device:
            _remember(response, device)
        return response


def device_of(request: HttpRequest) -> str:
    """The number of this browser; a new one, if it has none that we have signed."""
    device = getattr(request, _OF_THIS_REQUEST, None) or _known(request) or secrets.token_hex(16)
    setattr(request, _OF_THIS_REQUEST, device)
    return device


def _known(request: HttpRequest) -> str:
    name = settings.DEVICE_COOKIE_NAME
    return request.get_signed_cookie(name, default="", salt=_SALT, max_age=KNOWN_FOR) or ""


def _remember(response: HttpResponse, device: str) -> None:
    response.set_signed_cookie(
        settings.DEVICE_COOKIE_NAME,
        device,
        salt=_SALT,
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
