"""Answering htmx with only the part of a page that changes."""

from collections.abc import Mapping
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString

from nobat.web.bar import draw_bar
from nobat.web.context import constants, site
from nobat.web.pattern import draw


def render_page_or_part(
    request: HttpRequest,
    *,
    page: str,
    part: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    template = part if wants_part(request) else page
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def page_around_part(
    request: HttpRequest,
    *,
    page: str,
    part: SafeString,
    here: str,
    words: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """The same for a part that is drawn already; see page_around()."""
    if wants_part(request):
        response = HttpResponse(part, status=status)
    else:
        response = page_around(request, page=page, part=part, here=here, words=words, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def page_around(
    request: HttpRequest,
    *,
    page: str,
    part: SafeString,
    here: str,
    words: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """The page shows what is drawn already as `part`.

    It knows no more than these words, so that it is drawn once for all who ask, but for a page
    on which something stands between bar and part.
    """
    known = site(request)
    if known["opening_ahead"] or len(get_messages(request)):
        return render(request, page, {"part": part, "here": here, **words}, status=status)
    bar = draw_bar(request, here)
    return HttpResponse(page_with_bar(page, part, bar, words), status=status)


def page_with_bar(
    page: str, part: SafeString, bar: SafeString, words: Mapping[str, Any]
) -> SafeString:
    """The same without a request, where nothing stands between bar and part."""
    known = constants()
    return draw(page, {"part": part, "bar": bar, **words}, **known, opening_ahead=None)


def wants_part(request: HttpRequest) -> bool:
    return asks_for_part(request.META)


def asks_for_part(meta: Mapping[str, Any]) -> bool:
    # The browser's "back" is also asked for by htmx, but needs the whole page.
    going_back = meta.get("HTTP_HX_HISTORY_RESTORE_REQUEST") == "true"
    return meta.get("HTTP_HX_REQUEST") == "true" and not going_back
