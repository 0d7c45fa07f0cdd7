"""Page: the code that the SMS brought, and a new password."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from nobat.people.models import Purpose
from nobat.people.reset_password import reset_password, send_reset_code
from nobat.shared.rules import RuleBroken
from nobat.web.citizen.account_fields import NewPasswordField, SmsCodeField
from nobat.web.citizen.account_page import form_page, refuse
from nobat.web.citizen.kept_password import NewPasswordForm
from nobat.web.citizen.waiting import awaited, stop_waiting
from nobat.web.client_address import client_address
from nobat.web.device_cookie import device_of
from nobat.web.signed_in import sign_in_on_this_device
from nobat.web.way_back import way_back, with_way_back


class ResetCodeForm(NewPasswordForm):
    password = NewPasswordField(required=False, label="رمز عبور تازه")
    sms_code = SmsCodeField()
    field_order = ("sms_code", "password")


def reset_password_code(request: HttpRequest) -> HttpResponse:
    waiting = awaited(request, Purpose.RESET_PASSWORD)
    if waiting is None:
        return redirect(with_way_back("reset_password", way_back(request)))
    mobile = waiting["mobile"]
    if "again" in request.POST:
        return _send_again(request, mobile)
    form = ResetCodeForm(request.POST or None, mobile=mobile)
    if form.is_valid():
        try:
            return _reset(request, mobile, form)
        except RuleBroken as refusal:
            refuse(form, refusal)
    return _page(request, form, mobile)


def _reset(request: HttpRequest, mobile: str, form: ResetCodeForm) -> HttpResponse:
    typed: dict[str, Any] = form.cleaned_data
    person = reset_password(mobile=mobile, digits=typed["sms_code"], password=typed["password"])
    back = way_back(request)
    stop_waiting(request)
    sign_in_on_this_device(request, person)
    messages.success(request, "رمز تازه ثبت شد و وارد شدید. دستگاه‌های دیگرتان خارج شدند.")
    return redirect(back or "citizen:my_appointments")


def _send_again(request: HttpRequest, mobile: str) -> HttpResponse:
    initial = request.POST.dict() | {"sms_code": ""}
    try:
        send_reset_code(mobile=mobile, address=client_address(request), device=device_of(request))
    except RuleBroken as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, "کد تازه فرستاده شد. کد پیشین دیگر پذیرفته نیست.")
    return _page(request, ResetCodeForm(initial=initial, mobile=mobile), mobile)


def _page(request: HttpRequest, form: ResetCodeForm, mobile: str) -> HttpResponse:
    return form_page(
        request,
        "citizen/reset_password_code.html",
        form,
        mobile=mobile,
        kept_password=form.keep_password(),
    )
