"""Pages that say why nothing came: what happened, why, and where to go now."""

import logging
import secrets
import sys
from typing import Any

from django.db import Error, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from nobat.database.trouble import is_for_reading_only, passes
from nobat.web.access import ManagersOnly, NotOfTheAssociation, NotYours
from nobat.web.fragment import wants_part
from nobat.web.same_form import same_form
from nobat.web.way_back import page_before

log = logging.getLogger(__name__)

BUSY_FOR_SECONDS = 30
TITLES = {
    "bad_request": "این درخواست خوانده نشد",
    "forbidden": "این صفحه برای شما باز نیست",
    "managers_only": "این صفحه برای مدیر دفتر است",
    "not_of_the_association": "این صفحه برای کانون است",
    "not_yours": "این کار با شما نیست",
    "csrf": "این صفحه کهنه شده بود",
    "not_found": "این صفحه را نداریم",
    "wrong_method": "این صفحه این‌گونه باز نمی‌شود",
    "busy": "الان خیلی شلوغ است",
    "reading_only": "الان فقط می‌توان دید",
    "not_done": "این بار ثبت نشد",
    "unknown": "هنوز معلوم نیست ثبت شد یا نه",
    "server_error": "خطایی از سوی ما پیش آمد",
}
REFUSED_TO_STAFF: dict[type[Exception], str] = {
    ManagersOnly: "managers_only",
    NotOfTheAssociation: "not_of_the_association",
    NotYours: "not_yours",
}
# When not even a template can be read.
LAST_WORDS = (
    '<!doctype html><html lang="fa" dir="rtl"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>خطایی از سوی ما پیش آمد · نوبت</title>"
    "<h1>خطایی از سوی ما پیش آمد</h1>"
    "<p>از شما نبود. نوبت‌های ثبت‌شده سر جای خود هستند. اگر داشتید نوبت ثبت می‌کردید، "
    'اول <a href="/my/appointments/">«نوبت‌های من»</a> را ببینید؛ شاید ثبت شده باشد.</p>'
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, "bad_request", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    name = REFUSED_TO_STAFF.get(type(exception), "forbidden")
    return _answer(request, name, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form and the cookie do not agree: a page left open, or cookies refused."""
    return _answer(request, "csrf", status=403, back=page_before(request))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, "not_found", status=404)


def wrong_method(request: HttpRequest, refused: HttpResponseNotAllowed) -> HttpResponse:
    """The address of a button, opened like a page."""
    response = _answer(request, "wrong_method", status=405)
    response["Allow"] = refused["Allow"]
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs neither the database nor who is asking: either may be what is broken."""
    cause = sys.exc_info()[1]
    number = new_follow_up_number()
    # The kind only: a database error can quote what a citizen typed.
    log.error("Follow-up number %s: %s", number, type(cause).__name__)
    if isinstance(cause, OperationalError) or (isinstance(cause, Error) and passes(cause)):
        return _bad_moment(request, number, cause)
    title = TITLES["server_error"]
    return _without_request(request, "server_error", number, status=500, title=title)


def new_follow_up_number() -> str:
    """Six digits by chance: they say nothing of anybody, and can be read out."""
    return f"{secrets.randbelow(900_000) + 100_000}"


def in_place_of_the_page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """For htmx: an error takes all of the main part, not the small one it wanted."""
    if wants_part(request):
        response["HX-Retarget"] = "#main"
        response["HX-Reswap"] = "innerHTML show:window:top"
    patch_vary_headers(response, ["HX-Request"])
    return response


def _answer(request: HttpRequest, name: str, *, status: int, back: str = "") -> HttpResponse:
    response = render(
        request,
        _template(request, name),
        {"part": f"errors/_{name}.html", "title": TITLES[name], "back": back},
        status=status,
    )
    return in_place_of_the_page(request, response)


def _bad_moment(request: HttpRequest, number: str, cause: Error) -> HttpResponse:
    """What may well go through a moment later."""
    if request.method == "POST":
        what, form = same_form(request, cause)
        words = {"title": TITLES[what], "what": what, **form}
        response = _without_request(request, "same_form", number, status=503, **words)
    else:
        response = _busy(request, number, cause)
    response["Retry-After"] = str(BUSY_FOR_SECONDS)
    add_never_cache_headers(response)
    return response


def _busy(request: HttpRequest, number: str, cause: Error) -> HttpResponse:
    if is_for_reading_only(cause):
        title = TITLES["reading_only"]
        return _without_request(request, "only_reading", number, status=503, title=title)
    response = _without_request(
        request,
        "busy",
        number,
        status=503,
        title=TITLES["busy"],
        address=request.get_full_path(),
        again_after=BUSY_FOR_SECONDS,
    )
    if not wants_part(request):
        response["Refresh"] = str(BUSY_FOR_SECONDS)  # comes again without a script too
    return response


def _without_request(
    request: HttpRequest, name: str, number: str, *, status: int, **words: Any
) -> HttpResponse:
    context = {"part": f"errors/_{name}.html", "number": number, **words}
    try:
        page = render_to_string(_template(request, name), context)
    except Exception:  # whatever it is, people still get words
        log.exception("The page of error %s could not be drawn", number)
        return HttpResponse(LAST_WORDS, status=status)
    return in_place_of_the_page(request, HttpResponse(page, status=status))


def _template(request: HttpRequest, name: str) -> str:
    return f"errors/_{name}.html" if wants_part(request) else "errors/page.html"
