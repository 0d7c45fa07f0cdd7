"""The bar above the pages of citizens: the same for everybody but for a name and a token."""

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.safestring import SafeString

from nobat.web.pattern import draw


def draw_bar(request: HttpRequest | None, here: str) -> SafeString:
    """`here` names the part of the site that is marked. Without a request nobody knows who asks."""
    person = getattr(request, "user", None)  # refused before anybody asked who it is: nobody
    words = {"first_name": "", "csrf_token": ""}
    is_signed_in = bool(person and person.is_authenticated)
    if request and person and is_signed_in:
        words = {"first_name": person.first_name, "csrf_token": get_token(request)}
    return draw(
        "_bar.html", words, here=here, is_signed_in=is_signed_in, is_asked=request is not None
    )
