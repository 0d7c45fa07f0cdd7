"""Page: sign in with the code that the SMS brought."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from nobat.people.codes import NeedsSecurityCode
from nobat.people.models import Purpose
from nobat.people.sign_in import send_sign_in_code, sign_in_by_code
from nobat.shared.rules import RuleBroken
from nobat.web.citizen.account_fields import SmsCodeField
from nobat.web.citizen.account_page import form_page, refuse
from nobat.web.citizen.security_code_form import KIND, SecurityCodeForm
from nobat.web.citizen.waiting import awaited, stop_waiting
from nobat.web.client_address import client_address
from nobat.web.device_cookie import device_of
from nobat.web.signed_in import sign_in_on_this_device
from nobat.web.way_back import way_back, with_way_back


class CodeForm(forms.Form):
    sms_code = SmsCodeField()


class AgainForm(SecurityCodeForm):
    """The button «کد تازه بفرستید», with the security code once it is pressed often."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_security_code = "captcha_0" in (self.data or self.initial)


def sign_in_code(request: HttpRequest) -> HttpResponse:
    waiting = awaited(request, Purpose.SIGN_IN)
    if request.user.is_authenticated or waiting is None:
        return redirect(with_way_back("sign_in", way_back(request)))
    if KIND in request.POST:
        again = AgainForm(initial=request.POST.dict())
        return _page(request, CodeForm(), again, waiting)
    if "again" in request.POST:
        return _send_again(request, waiting)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            return _enter(request, waiting, form)
        except RuleBroken as refusal:
            refuse(form, refusal)
    return _page(request, form, AgainForm(), waiting)


def _enter(request: HttpRequest, waiting: dict[str, Any], form: CodeForm) -> HttpResponse:
    person = sign_in_by_code(mobile=waiting["mobile"], digits=form.cleaned_data["sms_code"])
    back = way_back(request)
    stop_waiting(request)
    sign_in_on_this_device(request, person)
    return redirect(back or "citizen:my_appointments")


def _send_again(request: HttpRequest, waiting: dict[str, Any]) -> HttpResponse:
    again = AgainForm(request.POST)
    if again.is_valid():
        try:
            send_sign_in_code(
                mobile=waiting["mobile"],
                address=client_address(request),
                device=device_of(request),
                is_human=again.asks_security_code or waiting["is_human"],
            )
        except RuleBroken as refusal:
            again.asks_security_code |= isinstance(refusal, NeedsSecurityCode)
            messages.warning(request, refusal.message)
        else:
            again.asks_security_code = False
            messages.success(request, "کد تازه فرستاده شد. کد پیشین دیگر پذیرفته نیست.")
    return _page(request, CodeForm(), again, waiting)


def _page(
    request: HttpRequest, form: CodeForm, again: AgainForm, waiting: dict[str, Any]
) -> HttpResponse:
    return form_page(
        request,
        "citizen/sign_in_code.html",
        form,
        again=again,
        mobile=waiting["mobile"],
    )
