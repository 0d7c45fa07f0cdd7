"""Page: the first one, with the search for an office in its middle."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from nobat.appointments import policy
from nobat.offices.places import Choice, provinces, subjects
from nobat.shared.jalali import tehran_day


class Shortcut(NamedTuple):
    service: Choice
    icon: str


# What people come for most; a service that is not offered any more leaves the list.
_ICONS = {
    "petition": "file-earmark-text",
    "declaration": "chat-left-text",
    "appeal": "arrow-clockwise",
    "sana": "person-vcard",
    "follow-up": "search",
}


def home(request: HttpRequest) -> HttpResponse:
    context = {
        "here": "find",
        "provinces": provinces(),
        "subjects": subjects(),
        "shortcuts": _shortcuts(),
        # Somebody who came from a subject still has to say where.
        "search": {"service": request.GET.get("service", "")},
        "rules": policy.rules_on(tehran_day(timezone.now())),
    }
    return render(request, "citizen/home.html", context)


def _shortcuts() -> list[Shortcut]:
    offered = {choice.code: choice for head in subjects() for choice in head.subjects}
    return [Shortcut(offered[code], icon) for code, icon in _ICONS.items() if code in offered]
