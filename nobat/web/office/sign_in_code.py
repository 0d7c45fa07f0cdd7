"""Page: the second step of coming in to work, the code of the app or one from paper."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from nobat.offices.staff_sign_in import enter_by_code, enter_by_recovery_code
from nobat.people.models import Person
from nobat.people.recovery_codes import left_of
from nobat.shared.persian import fa_digits
from nobat.shared.rules import RuleBroken
from nobat.web.citizen.account_page import refuse
from nobat.web.office.code_fields import AppCodeField, RecoveryCodeField
from nobat.web.office.way_in import (
    Waiting,
    entry_page,
    office_way_back,
    waiting,
    with_office_way_back,
)
from nobat.web.signed_in import session_of, sign_in_staff_on_this_device


class AppCodeForm(forms.Form):
    code = AppCodeField(label="کد شش‌رقمی برنامه")


class RecoveryForm(forms.Form):
    recovery_code = RecoveryCodeField()


def sign_in_code(request: HttpRequest) -> HttpResponse:
    who = waiting(request)
    back = office_way_back(request)
    if session_of(request).is_of_staff() or who is None or who.entering.needs_set_up:
        return redirect(with_office_way_back("sign_in", back))
    is_from_paper = "recovery_code" in request.POST
    form = RecoveryForm(request.POST) if is_from_paper else AppCodeForm(request.POST or None)
    if form.is_valid():
        try:
            return _enter(request, who, form)
        except RuleBroken as refusal:
            refuse(form, refusal)
    context = {
        "mobile": who.mobile,
        "app": AppCodeForm() if is_from_paper else form,
        "paper": form if is_from_paper else RecoveryForm(),
        "is_from_paper": is_from_paper,
    }
    return entry_page(request, "office/sign_in_code.html", form, context)


def _enter(request: HttpRequest, who: Waiting, form: forms.Form) -> HttpResponse:
    back = office_way_back(request)
    if "recovery_code" in form.cleaned_data:
        typed = form.cleaned_data["recovery_code"]
        person = enter_by_recovery_code(entering=who.entering, digits=typed)
        _say_how_many_are_left(request, person)
    else:
        person = enter_by_code(entering=who.entering, digits=form.cleaned_data["code"])
    sign_in_staff_on_this_device(request, person)
    return redirect(with_office_way_back("choose_office", back))


def _say_how_many_are_left(request: HttpRequest, person: Person) -> None:
    left = left_of(person)
    words = f"{fa_digits(left)} کد بازیابی دیگر" if left else "دیگر هیچ کد بازیابی"
    messages.warning(request, f"با کد بازیابی وارد شدید. {words} دارید.")
