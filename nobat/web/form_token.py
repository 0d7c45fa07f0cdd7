"""The token of a form and the cookie behind it, as Django makes them, for what is answered in
front of it."""

from functools import lru_cache
from os import urandom

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import (
    CSRF_ALLOWED_CHARS,
    CSRF_SECRET_LENGTH,
    CsrfViewMiddleware,
)

_SIGNS = CSRF_ALLOWED_CHARS
_PLACES = bytes(max(_SIGNS.find(chr(byte)), 0) for byte in range(256))
# A byte as a sign; of those by chance all are equally likely, since the bytes that are too many go.
_SIGN_AT = bytes(ord(_SIGNS[place % len(_SIGNS)]) for place in range(256))
_TOO_MANY = bytes(range(256 - 256 % len(_SIGNS), 256))
_ANY = "a" * CSRF_SECRET_LENGTH  # in whose place the secret stands


def new_secret() -> str:
    """By chance, as long as Django's."""
    return _by_chance().decode()


def masked(secret: str) -> str:
    """The token that a page hides in its form: another one each time, of the same secret."""
    mask = _by_chance()
    # Each byte is a place: two of them are never too large for one, so that all are added at once.
    places = int.from_bytes(secret.encode().translate(_PLACES), "big")
    places += int.from_bytes(mask.translate(_PLACES), "big")
    return (mask + places.to_bytes(CSRF_SECRET_LENGTH, "big").translate(_SIGN_AT)).decode()


def cookie_line(secret: str, second: int) -> str:
    """What Set-Cookie says in this second of the clock: with each form it lasts a year again."""
    return _cookie_line(second).replace(_ANY, secret)


def _by_chance() -> bytes:
    signs = urandom(2 * CSRF_SECRET_LENGTH).translate(_SIGN_AT, _TOO_MANY)
    return signs[:CSRF_SECRET_LENGTH]


@lru_cache(maxsize=4)
def _cookie_line(second: int) -> str:
    request, response = HttpRequest(), HttpResponse()
    request.META["CSRF_COOKIE"] = _ANY
    CsrfViewMiddleware(lambda _: response)._set_csrf_cookie(request, response)  # type: ignore[attr-defined]
    return response.cookies[settings.CSRF_COOKIE_NAME].OutputString()
