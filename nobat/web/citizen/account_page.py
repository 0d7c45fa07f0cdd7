"""What the pages around an account share: their form, their refusal, their way back."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from nobat.people.codes import CodeExpired, CodeUsedUp, WrongCode
from nobat.shared.rules import RuleBroken
from nobat.web.citizen.chosen_hour import chosen_hour
from nobat.web.way_back import way_back

CODE_REFUSALS = (WrongCode, CodeExpired, CodeUsedUp)
_MISTAKE = 422


def refuse(form: forms.Form, refusal: RuleBroken) -> None:
    """Put the sentence where it belongs: beside the code, or above the form."""
    at = "sms_code" if isinstance(refusal, CODE_REFUSALS) else None
    form.add_error(at, refusal.message)
    form.refusal = refusal  # type: ignore[attr-defined]


def form_page(
    request: HttpRequest, template: str, form: forms.Form, **context: Any
) -> HttpResponse:
    """The page of a form, kept by no cache; its status says whether something is wrong."""
    refusal = getattr(form, "refusal", None)
    status = refusal.status if refusal else _MISTAKE if form.errors else 200
    back = way_back(request)
    context |= {"form": form, "way_back": back, "chosen": chosen_hour(back)}
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response
