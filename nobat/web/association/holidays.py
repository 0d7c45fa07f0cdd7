"""Page: the holidays of one Jalali year, and which of them are still estimates."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nobat.appointments import policy
from nobat.appointments.touched_by_holiday import standing_on
from nobat.schedule.decide_holiday import confirm_holiday as confirm
from nobat.schedule.models import Holiday, HolidayKind, WorkingDay
from nobat.shared.jalali import from_jalali, jalali, long_day, tehran_day
from nobat.shared.persian import latin_digits
from nobat.shared.rules import RuleBroken
from nobat.web.access import AssociationRequest, association_only, national_only

KIND_ICONS = {
    HolidayKind.SOLAR: "calendar-check",
    HolidayKind.LUNAR: "moon",
    HolidayKind.DECREED: "file-earmark-text",
}


@require_safe
@association_only
def holidays(request: AssociationRequest) -> HttpResponse:
    today = tehran_day(timezone.now())
    this_year = jalali(today)[0]
    year = _year(request.GET.get("year", ""), this_year)
    days = (from_jalali(year, 1, 1), from_jalali(year + 1, 1, 1) - timedelta(days=1))
    found = list(Holiday.objects.filter(day__range=days).select_related("decided_by"))
    context = {
        "here": "holidays",
        "year": year,
        "this_year": this_year,
        "holidays": [_line(each, today) for each in found],
        "estimated": sum(each.is_estimated for each in found),
        "freed": WorkingDay.objects.filter(day__range=days).select_related("decided_by"),
    }
    return render(request, "association/holidays.html", context)


@require_POST
@national_only
def confirm_holiday(request: AssociationRequest, holiday_id: int) -> HttpResponse:
    try:
        holiday = confirm(holiday_id=holiday_id, by=request.user)
    except RuleBroken as refusal:
        messages.warning(request, refusal.message)
        return redirect("association:holidays")
    messages.success(request, f"تایید شد: {holiday.title}، {long_day(holiday.day)}.")
    return redirect(page_of_year(holiday.day))


def page_of_year(day: date) -> str:
    return f"{reverse('association:holidays')}?year={jalali(day)[0]}"


def _year(asked: str, this_year: int) -> int:
    """The asked one if it lies around this one: the calendar reaches no further."""
    typed = latin_digits(asked)
    year = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == 4 else this_year
    return year if abs(year - this_year) <= 5 else this_year


def _line(holiday: Holiday, today: date) -> dict[str, Any]:
    bookable = today <= holiday.day <= today + policy.FURTHEST_BOOKING
    return {
        "holiday": holiday,
        "icon": KIND_ICONS[HolidayKind(holiday.kind)],
        "is_ahead": holiday.day > today,
        "left": standing_on(holiday.day).count() if bookable else 0,
    }
