"""Page: the first of signing up, mobile number, nationality and security code."""

from contextlib import suppress

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html

from nobat.people.codes import CodeSentJustNow
from nobat.people.models import Purpose
from nobat.people.nationality import COUNTRIES, MOST_IN_IRAN
from nobat.people.sign_up import start_sign_up
from nobat.shared.rules import RuleBroken
from nobat.web.citizen.account_fields import MobileField
from nobat.web.citizen.account_page import form_page, refuse
from nobat.web.citizen.security_code_form import KIND, SecurityCodeForm
from nobat.web.citizen.waiting import wait_for_code
from nobat.web.client_address import client_address
from nobat.web.device_cookie import device_of
from nobat.web.way_back import way_back, with_way_back

_OTHERS = [(code, name) for code, name in COUNTRIES.items() if code not in MOST_IN_IRAN]


class SignUpForm(SecurityCodeForm):
    mobile = MobileField(
        autocomplete="tel",
        help_text=format_html('مانند <bdi dir="ltr">{}</bdi> و به نام خودتان', "۰۹۱۷۰۰۰۱۲۳۴"),
    )
    nationality = forms.ChoiceField(
        label="ملیت",
        choices=[*MOST_IN_IRAN.items(), ("دیگر کشورها", _OTHERS)],
        widget=forms.Select(attrs={"class": "short"}),
        error_messages={
            "required": "ملیت را از فهرست انتخاب کنید.",
            "invalid_choice": "ملیت را از فهرست انتخاب کنید.",
        },
    )
    field_order = ("mobile", "nationality")


def sign_up(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(way_back(request) or "citizen:my_appointments")
    if KIND in request.POST:
        return _page(request, SignUpForm(initial=request.POST.dict()))
    form = SignUpForm(request.POST or None)
    if form.is_valid():
        try:
            _send_code(request, form)
        except RuleBroken as refusal:
            refuse(form, refusal)
        else:
            return redirect(with_way_back("sign_up_details", way_back(request)))
    return _page(request, form)


def _send_code(request: HttpRequest, form: SignUpForm) -> None:
    mobile = form.cleaned_data["mobile"]
    # Somebody may have gone back a page: the code of a moment ago is still good.
    with suppress(CodeSentJustNow):
        start_sign_up(mobile=mobile, address=client_address(request), device=device_of(request))
    nationality = form.cleaned_data["nationality"]
    wait_for_code(request, Purpose.SIGN_UP, mobile=mobile, nationality=nationality)


def _page(request: HttpRequest, form: SignUpForm) -> HttpResponse:
    return form_page(request, "citizen/sign_up.html", form)
