"""Page: ten fresh recovery codes for paper, for whoever works here and is signed in."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from nobat.people import recovery_codes
from nobat.people.models import Person
from nobat.people.recovery_codes import left_of, replace_recovery_codes
from nobat.people.second_factor import show_code_again
from nobat.shared.rules import RuleBroken
from nobat.web.access import staff_only
from nobat.web.office.code_fields import AppCodeField
from nobat.web.office.set_up_second_factor import in_groups
from nobat.web.signed_in import session_of

_MISTAKE = 422


class RenewForm(forms.Form):
    code = AppCodeField(label="کد شش‌رقمی برنامه")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def renew_recovery_codes(request: HttpRequest) -> HttpResponse:
    person = session_of(request).person
    form = RenewForm(request.POST if request.method == "POST" else None)
    if person and form.is_valid():
        try:
            return _renew(request, person, form.cleaned_data["code"])
        except RuleBroken as refusal:
            form.add_error("code", refusal.message)
            return _page(request, form, person, refusal.status)
    return _page(request, form, person, _MISTAKE if form.errors else 200)


def _renew(request: HttpRequest, person: Person, digits: str) -> HttpResponse:
    show_code_again(person=person, digits=digits)
    codes = replace_recovery_codes(person=person)
    context = {
        "codes": in_groups(codes, recovery_codes.GROUP),
        "said": "ده کد تازه ساخته شد. کدهای برگهٔ پیشین دیگر پذیرفته نمی‌شوند.",
    }
    return render(request, "office/recovery_codes.html", context)


def _page(
    request: HttpRequest, form: RenewForm, person: Person | None, status: int
) -> HttpResponse:
    context = {"form": form, "left": left_of(person) if person else 0}
    return render(request, "office/renew_recovery_codes.html", context, status=status)
