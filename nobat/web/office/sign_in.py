"""Page: the first step of coming in to work, mobile and password."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from nobat.offices.staff_sign_in import begin_staff_sign_in
from nobat.people.codes import NeedsSecurityCode
from nobat.people.sign_in import needs_security_code
from nobat.shared.rules import RuleBroken
from nobat.web.citizen.account_fields import MobileField, PasswordField
from nobat.web.citizen.account_page import refuse
from nobat.web.citizen.security_code_form import KIND, SecurityCodeForm
from nobat.web.office.way_in import (
    entry_page,
    office_way_back,
    wait_for_second_step,
    with_office_way_back,
)
from nobat.web.signed_in import session_of


class StaffSignInForm(SecurityCodeForm):
    mobile = MobileField(css="ltr")
    password = PasswordField(css="ltr", autocomplete="current-password")
    field_order = ("mobile", "password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whether the page that was filled in asked for it; the operation decides
        # whether it had to.
        self.asks_security_code = "captcha_0" in (self.data or self.initial)


def sign_in(request: HttpRequest) -> HttpResponse:
    if session_of(request).is_of_staff():
        return redirect(with_office_way_back("choose_office", office_way_back(request)))
    if KIND in request.POST:
        return _page(request, StaffSignInForm(initial=request.POST.dict()))
    form = StaffSignInForm(request.POST or None)
    if form.is_valid():
        try:
            return _first_step(request, form)
        except RuleBroken as refusal:
            refuse(form, refusal)
            _ask_for_security_code(form, refusal)
    return _page(request, form)


def _first_step(request: HttpRequest, form: StaffSignInForm) -> HttpResponse:
    mobile = form.cleaned_data["mobile"]
    entering = begin_staff_sign_in(
        mobile=mobile,
        password=form.cleaned_data["password"],
        is_human=form.asks_security_code,
    )
    wait_for_second_step(request, entering, mobile)
    page = "set_up_second_factor" if entering.needs_set_up else "sign_in_code"
    return redirect(with_office_way_back(page, office_way_back(request)))


def _ask_for_security_code(form: StaffSignInForm, refusal: RuleBroken) -> None:
    if isinstance(refusal, NeedsSecurityCode) or needs_security_code(
        mobile=form.cleaned_data["mobile"]
    ):
        form.asks_security_code = True


def _page(request: HttpRequest, form: StaffSignInForm) -> HttpResponse:
    return entry_page(request, "office/sign_in.html", form, {})
