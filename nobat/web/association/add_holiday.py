"""Page: one more holiday in the calendar, after a look at whom it touches."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments.set_holiday import (
    AlreadyHoliday,
    MoreAreTouched,
    refuse_impossible_holiday,
    set_holiday,
)
from nobat.appointments.touched_by_holiday import touched_by_holiday
from nobat.schedule.decide_holiday import TooLateToDecide
from nobat.schedule.models import HolidayKind
from nobat.shared.jalali import full_day, long_day
from nobat.shared.persian import clean
from nobat.shared.rules import RuleBroken
from nobat.web.access import AssociationRequest, national_only
from nobat.web.association.holiday_preview import holiday_preview, looked_at, told
from nobat.web.association.holidays import page_of_year
from nobat.web.association.jalali_day_field import JalaliDayField
from nobat.web.association.sure_form import SureForm
from nobat.web.citizen.account_fields import TypedField

_MISTAKE = 422
_FIELD_OF = {AlreadyHoliday: "day", TooLateToDecide: "day"}


class AddHolidayForm(forms.Form):
    day = JalaliDayField(label="کدام روز", help_text="از فردا به بعد، مانند ۱۴۰۵/۰۳/۰۷")
    title = TypedField(
        label="مناسبت",
        missing="نام مناسبت را بنویسید.",
        help_text="مردم آن را در تقویم و در نوبت خود می‌خوانند.",
        max_length=120,
        attrs={"autocomplete": "off"},
    )
    kind = forms.ChoiceField(
        label="گونه",
        choices=[
            (HolidayKind.DECREED, "مصوب، فقط همین سال"),
            (HolidayKind.LUNAR, "قمری"),
            (HolidayKind.SOLAR, "خورشیدی"),
        ],
        initial=HolidayKind.DECREED,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "گونهٔ تعطیل را انتخاب کنید."),
    )

    def clean_title(self) -> str:
        title = clean(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError("نام مناسبت را بنویسید.")
        return title

    def clean_kind(self) -> HolidayKind:
        return HolidayKind(self.cleaned_data["kind"])


@require_http_methods(["GET", "HEAD", "POST"])
@national_only
def add_holiday(request: AssociationRequest) -> HttpResponse:
    if request.method != "POST" or request.POST.get("step") == "edit":
        return _page(request, AddHolidayForm(initial=request.POST.dict()))
    form = AddHolidayForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=_MISTAKE)
    try:
        return _answer(request, form)
    except RuleBroken as refusal:
        form.add_error(_FIELD_OF.get(type(refusal)), refusal.message)
        return _page(request, form, status=refusal.status)


def _answer(request: AssociationRequest, form: AddHolidayForm) -> HttpResponse:
    asked = form.cleaned_data
    refuse_impossible_holiday(day=asked["day"], title=asked["title"], now=timezone.now())
    touched = touched_by_holiday(asked["day"])
    if request.POST.get("step") != "do":
        return _preview(request, form, looked_at(touched))
    sure = SureForm(request.POST)
    try:
        if not touched.was_seen(sure.what_was_seen):
            raise MoreAreTouched
        if not sure.is_shown_by(request):
            return _preview(request, form, sure)
        outcome = set_holiday(by=request.user, seen=sure.what_was_seen, **asked)
    except MoreAreTouched as refusal:
        fresh = looked_at(touched_by_holiday(asked["day"]))
        return _preview(request, form, fresh, refusal)
    when = long_day(asked["day"])
    messages.success(request, f"{when} تعطیل شد: {asked['title']}. {told(outcome)}")
    return redirect(page_of_year(asked["day"]))


def _page(request: AssociationRequest, form: AddHolidayForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"here": "holidays", "form": form}
    return render(request, "association/add_holiday.html", context, status=status)


def _preview(
    request: AssociationRequest,
    form: AddHolidayForm,
    sure: SureForm,
    refusal: MoreAreTouched | None = None,
) -> HttpResponse:
    asked = form.cleaned_data
    return holiday_preview(
        request,
        sure=sure,
        refusal=refusal,
        shut=asked["day"],
        form=form,
        heading=f"تعطیل شدن {full_day(asked['day'])}",
        lead=f"{asked['title']}، {asked['kind'].label}",
        button="تعطیل کن",
    )
