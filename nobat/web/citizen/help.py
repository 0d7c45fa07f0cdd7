"""Pages that explain: questions people have, the rules, SANA, privacy, and what this is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.rule_words import rule_in_words
from nobat.offices.models import Service
from nobat.shared.jalali import tehran_day


def help(request: HttpRequest) -> HttpResponse:
    return _page(request, "help", rules=policy.rules_on(tehran_day(timezone.now())))


def rules(request: HttpRequest) -> HttpResponse:
    today = tehran_day(timezone.now())
    coming = policy.coming_rules(today)
    changes = [(each.valid_from, rule_in_words(each.name, each.value)) for each in coming]
    return _page(
        request,
        "rules",
        rules=policy.rules_on(today),
        changes=changes,
        moves_per_hour=policy.MOVES_PER_HOUR,
        deletions_per_hour=policy.DELETIONS_PER_HOUR,
    )


def sana(request: HttpRequest) -> HttpResponse:
    return _page(request, "sana", service=Service.objects.filter(code="sana").first())


def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "privacy", kept=settings.KEPT)


def accessibility(request: HttpRequest) -> HttpResponse:
    return _page(request, "accessibility")


def about(request: HttpRequest) -> HttpResponse:
    return _page(request, "about")


def _page(request: HttpRequest, name: str, **more: Any) -> HttpResponse:
    context = {"here": "help", "page": name, **more}
    return render(request, f"citizen/{name}.html", context)
