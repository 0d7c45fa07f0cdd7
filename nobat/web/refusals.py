"""A rule said no and no page caught it: its sentence, and the ways on from there."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from nobat.shared.rules import RuleBroken
from nobat.web.errors import in_place_of_the_page, wrong_method
from nobat.web.fragment import wants_part
from nobat.web.way_back import page_before

LONGEST_TITLE = 60  # letters


class RefusalsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            return wrong_method(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, RuleBroken):
            return refused(request, exception)
        return None


def refused(request: HttpRequest, refusal: RuleBroken) -> HttpResponse:
    """The page of a refusal, or for htmx its part, with the status of its class."""
    title, why = title_and_rest(refusal.message)
    part = "errors/_refusal.html"
    context = {
        "part": part,
        "title": title,
        "why": why,
        "is_too_often": refusal.status == 429,
        "back": page_before(request),
    }
    template = part if wants_part(request) else "errors/page.html"
    response = render(request, template, context, status=refusal.status)
    return in_place_of_the_page(request, response)


def title_and_rest(message: str) -> tuple[str, str]:
    """A short first sentence is the title; a long one would shout."""
    what, _, why = message.partition(". ")
    if len(what) > LONGEST_TITLE:
        return "انجام نشد", message
    return what.removesuffix("."), why
