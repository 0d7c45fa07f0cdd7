"""Page: the office's week, and another one from a day on, after a look at what follows."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments.hours_preview import DayOfWeek, HoursPreview, preview_hours
from nobat.appointments.receipt_words import masked_identity
from nobat.schedule.hours import refuse_impossible_week, set_weekly_hours, week_on
from nobat.schedule.models import WeeklyHours
from nobat.shared.jalali import WEEKDAYS, long_day, tehran_day, weekday
from nobat.shared.persian import fa_digits
from nobat.shared.rules import RuleBroken
from nobat.web.access import OfficeRequest, manager_only
from nobat.web.office.day_choices import DAYS_AHEAD
from nobat.web.office.week_form import WeekForm, typed_from, with_line, without_line
from nobat.web.opening_hours import opening_hours

_MISTAKE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@manager_only
def hours(request: OfficeRequest) -> HttpResponse:
    today = tehran_day(timezone.now())
    if request.method != "POST":
        return _page(request, _as_it_is(request, today))
    typed = {name: text for name, text in request.POST.items() if isinstance(text, str)}
    if "add" in typed:
        return _page(request, _shown(with_line(typed, typed["add"]), today))
    if "drop" in typed:
        return _page(request, _shown(without_line(typed, typed["drop"]), today))
    if typed.get("step") == "edit":
        return _page(request, _shown(typed, today))
    form = WeekForm(typed, today=today, is_sent=True)
    if not form.is_valid():
        return _page(request, form, status=_MISTAKE)
    try:
        return _save(request, form) if typed.get("step") == "save" else _preview(request, form)
    except RuleBroken as refusal:
        form.add_error(None, refusal.message)
        return _page(request, form, status=refusal.status)


def _as_it_is(request: OfficeRequest, today: date) -> WeekForm:
    """The week that holds on the coming Saturday, from then on."""
    saturday = today + timedelta(days=7 - weekday(today))
    week = week_on(WeeklyHours.objects.filter(office=request.office), saturday)
    return _shown(typed_from(week, saturday), today)


def _shown(typed: dict[str, str], today: date) -> WeekForm:
    return WeekForm(typed, today=today, is_sent=False)


def _page(request: OfficeRequest, form: WeekForm, *, status: int = 200) -> HttpResponse:
    today = tehran_day(timezone.now())
    rows = list(WeeklyHours.objects.filter(office=request.office))
    last = max([row.valid_from for row in rows] + [today + timedelta(days=DAYS_AHEAD)])
    context = {
        "here": "hours",
        "form": form,
        "weeks": opening_hours(rows, today=today, last=last),
    }
    return render(request, "office/hours.html", context, status=status)


def _save(request: OfficeRequest, form: WeekForm) -> HttpResponse:
    valid_from = date.fromisoformat(form.cleaned_data["valid_from"])
    set_weekly_hours(
        office=request.office, valid_from=valid_from, hours=form.hours(), by=request.user
    )
    messages.success(request, f"ساعت‌های تازه ثبت شد، از {long_day(valid_from)}.")
    return redirect("office:hours")


def _preview(request: OfficeRequest, form: WeekForm) -> HttpResponse:
    valid_from = date.fromisoformat(form.cleaned_data["valid_from"])
    week = form.hours()
    refuse_impossible_week(valid_from=valid_from, hours=week, now=timezone.now())
    found = preview_hours(office=request.office, valid_from=valid_from, hours=week)
    context = {
        "here": "hours",
        "form": form,
        "valid_from": valid_from,
        "holds_until": found.holds_until,
        "days": _days(found),
        "seats": sum(day.seats for day in found.week),
        "seats_now": sum(day.seats for day in found.week_now),
        "falling_out": [_line(each) for each in found.falling_out],
        "crowded": found.crowded,
    }
    return render(request, "office/hours_preview.html", context)


def _days(found: HoursPreview) -> list[dict[str, Any]]:
    return [
        {"title": WEEKDAYS[day.weekday], "day": day, "change": _change(day, before)}
        for day, before in zip(found.week, found.week_now, strict=True)
    ]


def _change(day: DayOfWeek, before: DayOfWeek) -> str:
    """What differs from the hours that would hold otherwise; nothing if nothing does."""
    if day == before:
        return ""
    if not before.turns:
        return "تازه باز می‌شود"
    if not day.turns:
        return f"بسته می‌شود، اکنون {fa_digits(before.turns)} وقت"
    if (day.turns, day.seats) == (before.turns, before.seats):
        return f"ساعت‌ها جابه‌جا می‌شود، اکنون {_span(before)}"
    return f"اکنون {fa_digits(before.turns)} وقت، {fa_digits(before.seats)} جا، {_span(before)}"


def _span(day: DayOfWeek) -> str:
    return fa_digits(f"{day.first:%H:%M} تا {day.last:%H:%M}")


def _line(appointment: Any) -> dict[str, Any]:
    return {
        "appointment": appointment,
        "name": appointment.citizen.full_name,
        "identity": masked_identity(appointment.citizen),
    }
