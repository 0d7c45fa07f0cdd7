"""The lower half of a page that wants to know once more who is there: password, or a code."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from nobat.people.models import Person
from nobat.people.prove_again import prove_by_code, prove_by_password, send_proof_code
from nobat.shared.rules import RuleBroken
from nobat.web.citizen.account_fields import PasswordField, SmsCodeField
from nobat.web.citizen.account_page import form_page, refuse
from nobat.web.client_address import client_address
from nobat.web.device_cookie import device_of

BY_CODE = "code"


class PasswordAgainForm(forms.Form):
    password = PasswordField(autocomplete="current-password")

    def prove(self, person: Person) -> None:
        prove_by_password(person=person, password=self.cleaned_data["password"])


class CodeForm(forms.Form):
    sms_code = SmsCodeField()

    def prove(self, person: Person) -> None:
        prove_by_code(person=person, digits=self.cleaned_data["sms_code"])


ProofForm = PasswordAgainForm | CodeForm


def proof_form(request: HttpRequest) -> ProofForm:
    """By the code, once one was asked for; else by the password."""
    is_sent = request.method == "POST" and "send_code" not in request.POST
    form = CodeForm if request.POST.get("by") == BY_CODE else PasswordAgainForm
    return form(request.POST if is_sent else None)


def has_proven(request: HttpRequest, form: ProofForm) -> bool:
    """Whether the form was sent and is right; else it says why not."""
    person: Person = request.user  # type: ignore[assignment]
    if not form.is_valid():
        return False
    try:
        form.prove(person)
    except RuleBroken as refusal:
        refuse(form, refusal)
        return False
    return True


def send_code_instead(request: HttpRequest) -> ProofForm:
    """The empty form for the code that was sent, or that of the password if it was not."""
    person: Person = request.user  # type: ignore[assignment]
    try:
        send_proof_code(person=person, address=client_address(request), device=device_of(request))
    except RuleBroken as refusal:
        messages.warning(request, refusal.message)
        return CodeForm() if request.POST.get("by") == BY_CODE else PasswordAgainForm()
    messages.success(request, "کد فرستاده شد و تا دو دقیقه پذیرفته است.")
    return CodeForm()


def proof_page(
    request: HttpRequest, template: str, form: ProofForm, **context: Any
) -> HttpResponse:
    person: Person = request.user  # type: ignore[assignment]
    by_code = isinstance(form, CodeForm)
    return form_page(
        request, template, form, mobile=person.mobile, by=BY_CODE if by_code else "", **context
    )
