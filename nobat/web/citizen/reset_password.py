"""Page: the password is lost; ask for a code by SMS."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from nobat.people.codes import CodeSentJustNow
from nobat.people.models import Purpose
from nobat.people.reset_password import send_reset_code
from nobat.shared.rules import RuleBroken
from nobat.web.citizen.account_fields import MobileField
from nobat.web.citizen.account_page import form_page, refuse
from nobat.web.citizen.security_code_form import KIND, SecurityCodeForm
from nobat.web.citizen.waiting import wait_for_code
from nobat.web.client_address import client_address
from nobat.web.device_cookie import device_of
from nobat.web.way_back import way_back, with_way_back


class ResetForm(SecurityCodeForm):
    mobile = MobileField(help_text="همان که با آن ثبت‌نام کرده‌اید")
    field_order = ("mobile",)


def reset_password(request: HttpRequest) -> HttpResponse:
    if KIND in request.POST:
        return _page(request, ResetForm(initial=request.POST.dict()))
    form = ResetForm(request.POST or None)
    if form.is_valid():
        try:
            _send_code(request, form.cleaned_data["mobile"])
        except RuleBroken as refusal:
            refuse(form, refusal)
        else:
            return redirect(with_way_back("reset_password_code", way_back(request)))
    return _page(request, form)


def _send_code(request: HttpRequest, mobile: str) -> None:
    # Somebody may have gone back a page: the code of a moment ago is still good.
    with suppress(CodeSentJustNow):
        send_reset_code(mobile=mobile, address=client_address(request), device=device_of(request))
    wait_for_code(request, Purpose.RESET_PASSWORD, mobile=mobile)


def _page(request: HttpRequest, form: ResetForm) -> HttpResponse:
    return form_page(request, "citizen/reset_password.html", form)
