"""Pages that explain: questions people have, the rules, SANA, privacy, and what this is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nobat.appointments import policy
from nobat.offices.models import Service


def help(request: HttpRequest) -> HttpResponse:
    return _page(request, "help")


def rules(request: HttpRequest) -> HttpResponse:
    return _page(request, "rules")


def sana(request: HttpRequest) -> HttpResponse:
    return _page(request, "sana", service=Service.objects.filter(code="sana").first())


def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "privacy")


def accessibility(request: HttpRequest) -> HttpResponse:
    return _page(request, "accessibility")


def about(request: HttpRequest) -> HttpResponse:
    return _page(request, "about")


def _page(request: HttpRequest, name: str, **more: Any) -> HttpResponse:
    context = {"here": "help", "page": name, "policy": policy, **more}
    return render(request, f"citizen/{name}.html", context)
