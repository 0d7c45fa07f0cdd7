"""The bar above the pages of citizens: the same for everybody but for a name and a token."""

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.safestring import SafeString

from nobat.web.pattern import draw


def draw_bar(request: HttpRequest | None, here: str) -> SafeString:
    """`here` names the part of the site that is marked. Without a request nobody knows who asks."""
    if request is None:
        return _draw("", "", here, is_signed_in=False, is_asked=False)
    person = getattr(request, "user", None)  # refused before anybody asked who it is: nobody
    if person and person.is_authenticated:
        return bar_of(person.first_name, get_token(request), here)
    return bar_of_a_stranger(here)


def bar_of(first_name: str, csrf_token: str, here: str) -> SafeString:
    return _draw(first_name, csrf_token, here, is_signed_in=True, is_asked=True)


def bar_of_a_stranger(here: str) -> SafeString:
    return _draw("", "", here, is_signed_in=False, is_asked=True)


def _draw(first_name: str, csrf_token: str, here: str, **is_so: bool) -> SafeString:
    words = {"first_name": first_name, "csrf_token": csrf_token}
    return draw("_bar.html", words, here=here, **is_so)
