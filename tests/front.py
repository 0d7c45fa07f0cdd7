"""The test client comes in as everybody does: through what stands in front of Django.

Its forms of an hour are made what browsers send: short, urlencoded, with the token of a page.
"""

from io import BytesIO
from urllib.parse import urlencode
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import _mask_cipher_secret
from django.test.client import MULTIPART_CONTENT, ClientHandler

from nobat.web.seen import Seen
from nobat.web.straight_booking import StraightBooking
from nobat.web.straight_pages import StraightPages

SECRET = "s" * 32
to_the_pages = ClientHandler.__call__


class PassedOn(Exception):
    """It is for the pages."""


def come_in(handler: ClientHandler, environ: dict) -> HttpResponse:
    """In place of ClientHandler.__call__."""
    answers = []

    def answered(environ, start_response):
        answers.append(_answer(handler, environ))
        start_response(f"{answers[0].status_code} said", [])

    def start_response(status, headers, exc_info=None):
        for name, value in headers:
            answers[0].headers[name] = value

    Seen(answered)(environ, start_response)
    return answers[0]


def _answer(handler: ClientHandler, environ: dict) -> HttpResponse:
    environ.setdefault("HTTP_HOST", environ["SERVER_NAME"])  # as every browser says it
    is_booking = environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"].endswith("/book/")
    if is_booking and not handler.enforce_csrf_checks:
        _send_as_browsers_do(environ)
    try:
        return _answered_in_front(environ)
    except PassedOn:
        return to_the_pages(handler, environ)


def token(secret: str = SECRET) -> str:
    """As a page hides it in its forms."""
    return _mask_cipher_secret(secret)


def _answered_in_front(environ: dict) -> HttpResponse:
    said = []

    def pages(environ, start_response):
        raise PassedOn

    content = b"".join(application(pages)(environ, lambda *answer: said.extend(answer)))
    status, headers = said
    response = _response(content, status, dict(headers))
    response.wsgi_request = WSGIRequest(environ)
    return response


def application(pages: WSGIApplication) -> WSGIApplication:
    """As in nobat/wsgi.py."""
    return StraightBooking(StraightPages(pages))


def _response(content: bytes, status: str, said: dict[str, str]) -> HttpResponse:
    cookie = said.pop("Set-Cookie", "")
    response = HttpResponse(content, status=int(status[:3]))
    if "Location" in said:
        response = HttpResponseRedirect(said["Location"])
    response.headers = HttpResponse(headers=said).headers
    if "Content-Type" not in said:
        del response["Content-Type"]
    response.cookies.load(cookie)
    return response


def _send_as_browsers_do(environ: dict) -> None:
    if environ["CONTENT_TYPE"] != MULTIPART_CONTENT:
        return
    form = WSGIRequest(environ).POST.copy()
    form["csrfmiddlewaretoken"] = token()
    body = urlencode(list(form.lists()), doseq=True).encode()
    cookies = environ.get("HTTP_COOKIE", "")
    environ |= {
        "wsgi.input": BytesIO(body),
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "HTTP_COOKIE": f"{cookies}; {settings.CSRF_COOKIE_NAME}={SECRET}",
    }
    environ.setdefault("HTTP_ORIGIN", f"{environ['wsgi.url_scheme']}://{environ['HTTP_HOST']}")
