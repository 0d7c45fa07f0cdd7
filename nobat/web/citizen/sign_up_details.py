"""Page: the second of signing up, who somebody is, and the code that the SMS brought."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from nobat.people.codes import use_code
from nobat.people.models import IdentityKind, Person, Purpose
from nobat.people.national_id import identity_problem
from nobat.people.nationality import identity_kinds
from nobat.people.sign_up import make_account, start_sign_up
from nobat.shared.rules import RuleBroken
from nobat.web.citizen.account_fields import NameField, SmsCodeField, TypedField
from nobat.web.citizen.account_page import form_page, refuse
from nobat.web.citizen.kept_password import NewPasswordForm
from nobat.web.citizen.waiting import awaited, stop_waiting, wait_for_code
from nobat.web.client_address import client_address
from nobat.web.device_cookie import device_of
from nobat.web.signed_in import sign_in_on_this_device
from nobat.web.way_back import way_back, with_way_back

# After a right code, mistakes in the rest can be mended without another one.
PROVEN_FOR = timedelta(minutes=15)
_NUMBER_ATTRS = {"dir": "ltr", "autocomplete": "off", "autocapitalize": "off"}


class DetailsForm(NewPasswordForm):
    first_name = NameField(label="نام", autocomplete="given-name", missing="نام را بنویسید.")
    last_name = NameField(
        label="نام خانوادگی",
        autocomplete="family-name",
        missing="نام خانوادگی را بنویسید.",
    )
    national_code = TypedField(
        label="کد ملی",
        missing="کد ملی را بنویسید.",
        help_text="۱۰ رقم، با صفرهای اول",
        css="ltr short",
        max_length=40,
        attrs={**_NUMBER_ATTRS, "inputmode": "numeric"},
    )
    identity_kind = forms.ChoiceField(
        label="با کدام شماره ثبت‌نام می‌کنید؟",
        widget=forms.RadioSelect,
        initial=IdentityKind.FOREIGN_UNIQUE,
        error_messages={"required": "یکی از این دو را انتخاب کنید."},
    )
    identity_number = TypedField(
        label="شمارهٔ شناسایی",
        missing="شمارهٔ شناسایی خود را بنویسید.",
        help_text="کد یکتا ۱۲ رقم است؛ گذرنامه و کارت اقامت حرف لاتین هم دارد.",
        css="ltr short",
        max_length=60,
        attrs=_NUMBER_ATTRS,
    )
    sms_code = SmsCodeField()
    field_order = (
        "first_name",
        "last_name",
        "national_code",
        "identity_kind",
        "identity_number",
        "password",
        "sms_code",
    )

    def __init__(self, *args: Any, nationality: str, is_proven: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = identity_kinds(nationality)
        if IdentityKind.NATIONAL in self.kinds:
            del self.fields["identity_kind"], self.fields["identity_number"]
        else:
            del self.fields["national_code"]
            kinds = [(kind.value, kind.label) for kind in self.kinds]
            self.fields["identity_kind"].choices = kinds  # type: ignore[attr-defined]
        if is_proven:
            del self.fields["sms_code"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name = "national_code" if "national_code" in self.fields else "identity_number"
        number = cleaned.get(name)
        cleaned.setdefault("identity_kind", self.kinds[0])
        cleaned["identity_number"] = number
        problem = number and identity_problem(cleaned["identity_kind"], number)
        if problem:
            self.add_error(
                name, self._other_kind(cleaned["identity_kind"], number or "") or problem
            )
        return cleaned

    def _other_kind(self, chosen: str, number: str) -> str:
        """What to do when the number is right, but of the kind that was not chosen."""
        for kind in self.kinds:
            if kind != chosen and identity_problem(kind, number) is None:
                return (
                    f"این مانند {kind.label} است. بالا همان را انتخاب کنید یا شماره را درست کنید."
                )
        return ""

    def own_numbers(self) -> tuple[str, ...]:
        source = self._source()
        typed = source.get("national_code") or source.get("identity_number") or ""
        return (*super().own_numbers(), typed)


def sign_up_details(request: HttpRequest) -> HttpResponse:
    waiting = awaited(request, Purpose.SIGN_UP)
    if request.user.is_authenticated or waiting is None:
        return redirect(with_way_back("sign_up", way_back(request)))
    if "again" in request.POST:
        return _send_again(request, waiting)
    form = _form(request.POST or None, waiting)
    if form.is_valid():
        try:
            _prove_mobile(request, waiting, form)
            person = _make_account(waiting, form)
        except RuleBroken as refusal:
            refuse(form, refusal)
        else:
            return _welcome(request, person)
    return _page(request, form, waiting)


def _send_again(request: HttpRequest, waiting: dict[str, Any]) -> HttpResponse:
    form = _form(None, waiting, initial=request.POST.dict() | {"sms_code": ""})
    try:
        start_sign_up(
            mobile=waiting["mobile"], address=client_address(request), device=device_of(request)
        )
    except RuleBroken as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, "کد تازه فرستاده شد. کد پیشین دیگر پذیرفته نیست.")
    return _page(request, form, waiting)


def _prove_mobile(request: HttpRequest, waiting: dict[str, Any], form: DetailsForm) -> None:
    if _is_proven(waiting):
        return
    mobile, digits = waiting["mobile"], form.cleaned_data["sms_code"]
    use_code(mobile=mobile, purpose=Purpose.SIGN_UP, digits=digits)
    waiting["proven_until"] = (timezone.now() + PROVEN_FOR).isoformat()
    wait_for_code(request, Purpose.SIGN_UP, **waiting)


def _is_proven(waiting: dict[str, Any]) -> bool:
    until = waiting.get("proven_until")
    return until is not None and timezone.now() < datetime.fromisoformat(until)


def _make_account(waiting: dict[str, Any], form: DetailsForm) -> Person:
    typed = form.cleaned_data
    return make_account(
        mobile=waiting["mobile"],
        nationality=waiting["nationality"],
        first_name=typed["first_name"],
        last_name=typed["last_name"],
        identity_kind=typed["identity_kind"],
        identity_number=typed["identity_number"],
        password=typed["password"],
    )


def _welcome(request: HttpRequest, person: Person) -> HttpResponse:
    back = way_back(request)
    stop_waiting(request)
    sign_in_on_this_device(request, person)
    messages.success(request, "تبریک حساب کاربری شما ایجاد شد")
    return redirect(back or "citizen:home")


def _form(data: Any, waiting: dict[str, Any], **kwargs: Any) -> DetailsForm:
    return DetailsForm(
        data,
        mobile=waiting["mobile"],
        nationality=waiting["nationality"],
        is_proven=_is_proven(waiting),
        **kwargs,
    )


def _page(request: HttpRequest, form: DetailsForm, waiting: dict[str, Any]) -> HttpResponse:
    if _is_proven(waiting):
        form.fields.pop("sms_code", None)  # it was right; the rest was not
    return form_page(
        request,
        "citizen/sign_up_details.html",
        form,
        mobile=waiting["mobile"],
        kept_password=form.keep_password(),
    )
