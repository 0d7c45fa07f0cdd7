"""Page: come back by mobile and password, or ask for a code by SMS."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from nobat.people.codes import CodeSentJustNow, NeedsSecurityCode
from nobat.people.models import Purpose
from nobat.people.sign_in import (
    needs_security_code,
    send_sign_in_code,
    sign_in_by_password,
)
from nobat.shared.rules import RuleBroken
from nobat.web.citizen.account_fields import MobileField, PasswordField
from nobat.web.citizen.account_page import form_page, refuse
from nobat.web.citizen.security_code_form import KIND, SecurityCodeForm
from nobat.web.citizen.waiting import stop_waiting, wait_for_code
from nobat.web.client_address import client_address
from nobat.web.device_cookie import device_of
from nobat.web.signed_in import sign_in_on_this_device
from nobat.web.way_back import way_back, with_way_back


class SignInForm(SecurityCodeForm):
    mobile = MobileField(css="ltr")
    password = PasswordField(css="ltr", autocomplete="current-password", required=False)
    field_order = ("mobile", "password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whether the page that was filled in asked for it; the operation decides
        # whether it had to.
        self.asks_security_code = "captcha_0" in (self.data or self.initial)
        self.wants_code = self.data.get("way") == "code"

    def clean(self) -> dict[str, Any]:
        if not self.wants_code and not self.cleaned_data.get("password"):
            self.add_error("password", "رمز عبور را بنویسید، یا «کد پیامکی بفرستید» را بزنید.")
        return super().clean()


def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(way_back(request) or "citizen:my_appointments")
    if KIND in request.POST:
        return _page(request, SignInForm(initial=request.POST.dict()))
    form = SignInForm(request.POST or None)
    if form.is_valid():
        try:
            return _by_code(request, form) if form.wants_code else _enter(request, form)
        except RuleBroken as refusal:
            refuse(form, refusal)
            _ask_for_security_code(form, refusal)
    return _page(request, form)


def _enter(request: HttpRequest, form: SignInForm) -> HttpResponse:
    person = sign_in_by_password(
        mobile=form.cleaned_data["mobile"],
        password=form.cleaned_data["password"],
        is_human=form.asks_security_code,
    )
    back = way_back(request)
    stop_waiting(request)
    sign_in_on_this_device(request, person)
    return redirect(back or "citizen:my_appointments")


def _by_code(request: HttpRequest, form: SignInForm) -> HttpResponse:
    mobile, is_human = form.cleaned_data["mobile"], form.asks_security_code
    # Somebody may have gone back a page: the code of a moment ago is still good.
    with suppress(CodeSentJustNow):
        send_sign_in_code(
            mobile=mobile,
            address=client_address(request),
            device=device_of(request),
            is_human=is_human,
        )
    wait_for_code(request, Purpose.SIGN_IN, mobile=mobile, is_human=is_human)
    return redirect(with_way_back("sign_in_code", way_back(request)))


def _ask_for_security_code(form: SignInForm, refusal: RuleBroken) -> None:
    if isinstance(refusal, NeedsSecurityCode) or needs_security_code(
        mobile=form.cleaned_data["mobile"]
    ):
        form.asks_security_code = True


def _page(request: HttpRequest, form: SignInForm) -> HttpResponse:
    return form_page(request, "citizen/sign_in.html", form)
