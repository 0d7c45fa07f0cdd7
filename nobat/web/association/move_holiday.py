"""Page: a holiday falls on another day than was thought, after a look at whom that touches."""

from datetime import date, timedelta
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
    SameDay,
    refuse_impossible_move,
)
from nobat.appointments.set_holiday import move_holiday as move
from nobat.appointments.touched_by_holiday import touched_by_holiday
from nobat.schedule.decide_holiday import NoSuchHoliday, TooLateToDecide
from nobat.schedule.models import Holiday
from nobat.shared.jalali import long_day
from nobat.shared.rules import RuleBroken
from nobat.web.access import AssociationRequest, national_only
from nobat.web.association.holiday_preview import holiday_preview, looked_at, told
from nobat.web.association.holidays import page_of_year
from nobat.web.association.jalali_day_field import JalaliDayField, typed_day
from nobat.web.association.sure_form import SureForm

_MISTAKE = 422
_FIELD_OF = {AlreadyHoliday: "to", TooLateToDecide: "to", SameDay: "to"}
_NEIGHBOURS = ((-1, "یک روز زودتر"), (1, "یک روز دیرتر"))


class MoveHolidayForm(forms.Form):
    to = JalaliDayField(label="روز درست")
    # Where it stood when the page was made.
    was = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])


@require_http_methods(["GET", "HEAD", "POST"])
@national_only
def move_holiday(request: AssociationRequest, holiday_id: int) -> HttpResponse:
    holiday = Holiday.objects.filter(pk=holiday_id).first()
    if holiday is None:
        raise NoSuchHoliday
    if request.method != "POST" or request.POST.get("step") == "edit":
        typed = request.POST.get("to") or request.GET.get("to", "")
        form = MoveHolidayForm(initial={"to": typed, "was": holiday.day.isoformat()})
        return _page(request, holiday, form)
    form = MoveHolidayForm(request.POST)
    if not form.is_valid():
        return _page(request, holiday, form, status=_MISTAKE)
    try:
        return _answer(request, holiday, form)
    except RuleBroken as refusal:
        form.add_error(_FIELD_OF.get(type(refusal)), refusal.message)
        return _page(request, holiday, form, status=refusal.status)


def _answer(request: AssociationRequest, holiday: Holiday, form: MoveHolidayForm) -> HttpResponse:
    to, was = form.cleaned_data["to"], form.cleaned_data["was"]
    touched = touched_by_holiday(to)
    if request.POST.get("step") != "do":
        refuse_impossible_move(holiday=holiday, to=to, now=timezone.now())
        return _preview(request, holiday, form, looked_at(touched))
    sure = SureForm(request.POST)
    try:
        if not touched.was_seen(sure.what_was_seen):
            raise MoreAreTouched
        if not sure.is_shown_by(request):
            return _preview(request, holiday, form, sure)
        seen = sure.what_was_seen
        outcome = move(holiday_id=holiday.pk, was=was, to=to, by=request.user, seen=seen)
    except MoreAreTouched as refusal:
        return _preview(request, holiday, form, looked_at(touched_by_holiday(to)), refusal)
    moved = f"{holiday.title} به {long_day(to)} رفت."
    messages.success(request, f"{moved} {told(outcome)}")
    return redirect(page_of_year(to))


def _page(
    request: AssociationRequest, holiday: Holiday, form: MoveHolidayForm, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "here": "holidays",
        "form": form,
        "holiday": holiday,
        "neighbours": [
            (words, typed_day(day), long_day(day)) for words, day in _neighbours(holiday.day)
        ],
    }
    return render(request, "association/move_holiday.html", context, status=status)


def _neighbours(day: date) -> list[tuple[str, date]]:
    return [(words, day + timedelta(days=number)) for number, words in _NEIGHBOURS]


def _preview(
    request: AssociationRequest,
    holiday: Holiday,
    form: MoveHolidayForm,
    sure: SureForm,
    refusal: MoreAreTouched | None = None,
) -> HttpResponse:
    to = form.cleaned_data["to"]
    return holiday_preview(
        request,
        sure=sure,
        refusal=refusal,
        shut=to,
        back=holiday.day,
        form=form,
        heading=f"جابه‌جایی {holiday.title}",
        lead=f"از {long_day(holiday.day)} به {long_day(to)}",
        button="جابه‌جا کن",
    )
