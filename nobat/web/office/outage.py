"""Page: the office was shut or cut off; says first how many people that touches."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments import policy
from nobat.shared.jalali import long_day, tehran_day
from nobat.shared.rules import RuleBroken
from nobat.visits.outage import (
    LONGEST_REASON,
    HoursTurnedRound,
    hours_are_possible,
    record_outage,
    touched_by,
)
from nobat.web.access import OfficeRequest, clerk_only
from nobat.web.citizen.account_fields import TypedField
from nobat.web.office.hour_field import HourField


class OutageForm(forms.Form):
    day = forms.ChoiceField(label="روز")
    from_hour = HourField(label="از ساعت", required=False)
    until_hour = HourField(label="تا ساعت", required=False)
    reason = TypedField(
        label="دلیل",
        help_text="مردم آن را می‌خوانند. مثلاً: قطعی برق.",
        missing="دلیل را در چند کلمه بنویسید.",
        max_length=LONGEST_REASON,
        attrs={"autocomplete": "off"},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = _days(today)  # type: ignore[attr-defined]

    def clean_day(self) -> date:
        return date.fromisoformat(self.cleaned_data["day"])

    def clean(self) -> dict[str, Any]:
        hours = self.cleaned_data.get("from_hour"), self.cleaned_data.get("until_hour")
        if not self.errors and not hours_are_possible(*hours):
            self.add_error("until_hour", HoursTurnedRound.message)
        return self.cleaned_data

    @property
    def hours(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("day", "from_hour", "until_hour")}


@require_http_methods(["GET", "HEAD", "POST"])
@clerk_only
def outage(request: OfficeRequest) -> HttpResponse:
    form = OutageForm(request.POST or None, today=tehran_day(timezone.now()))
    if not form.is_valid() or "change" in request.POST:
        return _page(request, form, 422 if form.errors else 200)
    if "sure" not in request.POST:
        return _ask(request, form)
    try:
        return _record(request, form)
    except RuleBroken as refusal:
        form.add_error(None, refusal.message)
        return _page(request, form, refusal.status)


def _ask(request: OfficeRequest, form: OutageForm) -> HttpResponse:
    context = {
        "here": "desk",
        "form": form,
        "asked": form.cleaned_data,
        "people": touched_by(office=request.office, **form.hours).count(),
    }
    return render(request, "office/outage_preview.html", context)


def _record(request: OfficeRequest, form: OutageForm) -> HttpResponse:
    reason = form.cleaned_data["reason"]
    record_outage(office=request.office, reason=reason, by=request.user, **form.hours)
    messages.success(
        request, f"قطعی {long_day(form.cleaned_data['day'])} ثبت شد. کسی جریمه نمی‌شود."
    )
    return redirect("office:desk")


def _page(request: OfficeRequest, form: OutageForm, status: int) -> HttpResponse:
    return render(request, "office/outage.html", {"here": "desk", "form": form}, status=status)


def _days(today: date) -> list[tuple[str, str]]:
    days = [today - timedelta(days=back) for back in range(policy.CAN_STILL_BE_ANSWERED.days + 1)]
    return [
        (day.isoformat(), f"امروز، {long_day(day)}" if day == today else long_day(day))
        for day in days
    ]
