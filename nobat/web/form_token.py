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
_PLACE = {sign: place for place, sign in enumerate(_SIGNS)}
_TWICE = _SIGNS * 2  # so that no sum of two places is too large
# A byte by chance as a sign: all are equally likely, since the bytes that are too many go.
_SIGN_OF = bytes(ord(_SIGNS[byte % len(_SIGNS)]) for byte in range(256))
_TOO_MANY = bytes(range(256 - 256 % len(_SIGNS), 256))
_ANY = "a" * CSRF_SECRET_LENGTH  # in whose place the secret stands


def new_secret() -> str:
    """By chance, as long as Django's."""
    signs = urandom(2 * CSRF_SECRET_LENGTH).translate(_SIGN_OF, _TOO_MANY)
    return signs[:CSRF_SECRET_LENGTH].decode()


def masked(secret: str) -> str:
    """The token that a page hides in its form: another one each time, of the same secret."""
    mask = new_secret()
    pairs = zip(secret, mask, strict=True)
    return mask + "".join([_TWICE[_PLACE[of] + _PLACE[sign]] for of, sign in pairs])


def cookie_line(secret: str, second: int) -> str:
    """What Set-Cookie says in this second of the clock: with each form it lasts a year again."""
    return _cookie_line(second).replace(_ANY, secret)


@lru_cache(maxsize=4)
def _cookie_line(second: int) -> str:
    request, response = HttpRequest(), HttpResponse()
    request.META["CSRF_COOKIE"] = _ANY
    CsrfViewMiddleware(lambda _: response)._set_csrf_cookie(request, response)  # type: ignore[attr-defined]
    return response.cookies[settings.CSRF_COOKIE_NAME].OutputString()
