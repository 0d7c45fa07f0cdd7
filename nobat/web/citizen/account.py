"""Page: who I am here, on which devices I am signed in, and another password."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nobat.appointments.receipt_words import IDENTITIES, masked_identity
from nobat.people.models import IdentityKind, Person
from nobat.people.passwords import password_problem
from nobat.people.reset_password import change_password
from nobat.people.sessions import (
    end_other_sessions,
    end_session,
    handle_of,
    sessions_of,
)
from nobat.shared.rules import RuleBroken
from nobat.web.access import citizen_only
from nobat.web.citizen.account_fields import NewPasswordField, PasswordField
from nobat.web.citizen.account_page import refuse
from nobat.web.signed_in import session_of, sign_out_of_this_device


class PasswordForm(forms.Form):
    old_password = PasswordField(
        autocomplete="current-password",
        label="رمز کنونی",
        missing="رمز کنونی را بنویسید.",
    )
    password = NewPasswordField(label="رمز تازه", missing="رمز تازه را بنویسید.")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        problem = password_problem(password, numbers=(self.person.mobile,))
        if problem:
            raise forms.ValidationError(problem)
        return password


@citizen_only
def account(request: HttpRequest) -> HttpResponse:
    citizen: Person = request.user  # type: ignore[assignment]
    if "end" in request.POST:
        return _end_one(request, citizen, request.POST["end"])
    if "end_others" in request.POST:
        return _end_others(request, citizen)
    form = PasswordForm(request.POST or None, person=citizen)
    if form.is_valid():
        try:
            return _change_password(request, citizen, form)
        except RuleBroken as refusal:
            refuse(form, refusal)
    return _page(request, citizen, form)


def _end_one(request: HttpRequest, citizen: Person, handle: str) -> HttpResponse:
    if handle == _this_device(request):
        sign_out_of_this_device(request)
        messages.success(request, "از حساب خود خارج شدید.")
        return redirect("citizen:home")
    if end_session(person=citizen, handle=handle):
        messages.success(request, "آن دستگاه از حساب شما خارج شد.")
    else:
        messages.success(request, "آن دستگاه پیش از این خارج شده بود.")
    return redirect("citizen:account")


def _end_others(request: HttpRequest, citizen: Person) -> HttpResponse:
    end_other_sessions(person=citizen, this_session=session_of(request).session_key or "")
    messages.success(request, "همهٔ دستگاه‌های دیگر از حساب شما خارج شدند.")
    return redirect("citizen:account")


def _change_password(request: HttpRequest, citizen: Person, form: PasswordForm) -> HttpResponse:
    change_password(
        person=citizen,
        old=form.cleaned_data["old_password"],
        password=form.cleaned_data["password"],
        this_session=session_of(request).session_key or "",
    )
    update_session_auth_hash(request, citizen)  # also gives this session a new key
    messages.success(request, "رمز تازه ثبت شد. دستگاه‌های دیگرتان خارج شدند.")
    return redirect("citizen:account")


def _this_device(request: HttpRequest) -> str:
    return handle_of(session_of(request).session_key or "")


def _page(request: HttpRequest, citizen: Person, form: PasswordForm) -> HttpResponse:
    this_device = _this_device(request)
    devices = [(handle_of(each.session_key), each) for each in sessions_of(citizen)]
    context = {
        "citizen": citizen,
        "identity_label": IDENTITIES[IdentityKind(citizen.identity_kind)][0],
        "identity": masked_identity(citizen),
        "form": form,
        "this_device": this_device,
        "devices": devices,
    }
    refusal = getattr(form, "refusal", None)
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "citizen/account.html", context, status=status)
