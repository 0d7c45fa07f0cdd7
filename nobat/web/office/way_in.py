"""What the pages of coming in to an office share: the two steps, their form, the way on."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from nobat.offices.staff_sign_in import Entering
from nobat.web.way_back import NEXT, way_back

WAITS_FOR = timedelta(minutes=10)
OF_STAFF = {"office", "association", "admin"}
_WAITS = "enters_office"
_SET_UP = "sets_up_second_factor"
_MISTAKE = 422


class Waiting(NamedTuple):
    """Somebody between the two steps; in the session, because a number is in no address."""

    entering: Entering
    mobile: str


def wait_for_second_step(request: HttpRequest, entering: Entering, mobile: str) -> None:
    until = timezone.now() + WAITS_FOR
    stop_waiting(request)
    request.session[_WAITS] = {"who": entering, "mobile": mobile, "until": until.isoformat()}


def waiting(request: HttpRequest) -> Waiting | None:
    """Who came by the first page, not too long ago."""
    kept = request.session.get(_WAITS)
    if kept is None or datetime.fromisoformat(kept["until"]) <= timezone.now():
        return None
    return Waiting(Entering(*kept["who"]), kept["mobile"])


def stop_waiting(request: HttpRequest) -> None:
    for name in (_WAITS, _SET_UP):
        request.session.pop(name, None)


def keep_set_up(request: HttpRequest, sealed: bytes) -> None:
    """The sealed secret of the set-up that this visitor has begun."""
    request.session[_SET_UP] = sealed.hex()


def kept_set_up(request: HttpRequest) -> bytes | None:
    kept = request.session.get(_SET_UP)
    return bytes.fromhex(kept) if kept else None


def office_way_back(request: HttpRequest) -> str:
    """The page of work that was asked for, or nothing: never a page of anybody else."""
    path = way_back(request)
    try:
        return path if resolve(urlsplit(path).path).app_name in OF_STAFF else ""
    except Resolver404:
        return ""


def with_office_way_back(page: str, path: str) -> str:
    """The address of an office's page, with the way back in it."""
    address = reverse(f"office:{page}")
    return f"{address}?{urlencode({NEXT: path})}" if path else address


def entry_page(
    request: HttpRequest, template: str, form: forms.Form, context: Mapping[str, Any]
) -> HttpResponse:
    """The page of a form, kept by no cache; its status says whether something is wrong."""
    refusal = getattr(form, "refusal", None)
    status = refusal.status if refusal else _MISTAKE if form.errors else 200
    shown = {"form": form, "way_back": office_way_back(request), **context}
    response = render(request, template, shown, status=status)
    add_never_cache_headers(response)
    return response
