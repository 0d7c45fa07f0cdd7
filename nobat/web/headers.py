"""What every answer tells the browser to keep from others."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Concatenate, ParamSpec

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse

Asked = ParamSpec("Asked")
View = Callable[Concatenate[HttpRequest, Asked], HttpResponse]
_PERMISSIONS = "Permissions-Policy"
_NO_CAMERA = ", ".join(
    [
        "geolocation=(self)",  # «نزدیک به من»
        "camera=()",
        "microphone=()",
        "payment=()",
        "usb=()",
    ]
)
_WITH_CAMERA = _NO_CAMERA.replace("camera=()", "camera=(self)")


class HeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", _policy())
        response.headers.setdefault(_PERMISSIONS, _NO_CAMERA)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # After «خروج», "back" on a shared device must not show somebody's pages.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


@cache
def _policy() -> str:
    """What CSPMiddleware would say too, after building it anew for each answer."""
    return build_policy()


def may_use_camera(view: View[Asked]) -> View[Asked]:
    """For the pages on which a receipt is scanned; all others have no camera."""

    @wraps(view)
    def allowed(request: HttpRequest, *args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers[_PERMISSIONS] = _WITH_CAMERA
        return response

    return allowed
