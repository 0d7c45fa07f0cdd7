"""Page: at the first sign-in the app learns the secret, and its first code is proof of that."""

import segno
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from nobat.appointments.receipt_qr import svg_of
from nobat.offices.staff_sign_in import enter_by_first_code, person_entering
from nobat.people import recovery_codes
from nobat.people.models import Person
from nobat.people.second_factor import (
    AlreadySetUp,
    SetUpBegunElsewhere,
    begin_set_up,
    provisioning_uri,
    secret_in,
)
from nobat.shared.rules import RuleBroken
from nobat.web.citizen.account_page import refuse
from nobat.web.office.code_fields import AppCodeField
from nobat.web.office.way_in import (
    entry_page,
    keep_set_up,
    kept_set_up,
    office_way_back,
    stop_waiting,
    waiting,
    with_office_way_back,
)
from nobat.web.signed_in import session_of, sign_in_staff_on_this_device

GROUP = 4  # letters of the secret that are read in one go


class FirstCodeForm(forms.Form):
    code = AppCodeField(label="کدی که برنامه حالا نشان می‌دهد")


def set_up_second_factor(request: HttpRequest) -> HttpResponse:
    who = waiting(request)
    person = person_entering(who.entering) if who and who.entering.needs_set_up else None
    if session_of(request).is_of_staff() or person is None:
        return _from_the_start(request)
    try:
        sealed = kept_set_up(request) or _begin(request, person)
        form = FirstCodeForm(request.POST or None)
        if form.is_valid():
            return _confirm(request, person, sealed, form)
    except (AlreadySetUp, SetUpBegunElsewhere) as refusal:
        messages.warning(request, refusal.message)
        return _from_the_start(request)
    except RuleBroken as refusal:
        refuse(form, refusal)
    return _page(request, form, person, sealed)


def _begin(request: HttpRequest, person: Person) -> bytes:
    sealed = begin_set_up(person=person)
    keep_set_up(request, sealed)
    return sealed


def _confirm(
    request: HttpRequest, person: Person, sealed: bytes, form: FirstCodeForm
) -> HttpResponse:
    codes = enter_by_first_code(person=person, sealed=sealed, digits=form.cleaned_data["code"])
    back = office_way_back(request)
    sign_in_staff_on_this_device(request, person)
    context = {
        "codes": in_groups(codes, recovery_codes.GROUP),
        "goes_on_to": with_office_way_back("choose_office", back),
    }
    return entry_page(request, "office/recovery_codes.html", form, context)


def _from_the_start(request: HttpRequest) -> HttpResponse:
    stop_waiting(request)
    return redirect(with_office_way_back("sign_in", office_way_back(request)))


def _page(request: HttpRequest, form: FirstCodeForm, person: Person, sealed: bytes) -> HttpResponse:
    uri = provisioning_uri(person=person, sealed=sealed)
    context = {
        "qr": svg_of(segno.make_qr(uri, error="m")),
        "uri": uri,
        "secret": in_groups([secret_in(sealed)], GROUP)[0],
        "mobile": person.mobile,
    }
    return entry_page(request, "office/set_up_second_factor.html", form, context)


def in_groups(texts: list[str], size: int) -> list[str]:
    """Each with a space after so many characters, as it is read and typed."""
    return [
        " ".join(text[start : start + size] for start in range(0, len(text), size))
        for text in texts
    ]
