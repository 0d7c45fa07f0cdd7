"""Page: «نوبت‌های من»: what is running, what asks for another hour, the coming, the past."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nobat.appointments.models import Appointment, Status, Suspension
from nobat.people.models import Person
from nobat.shared.jalali import tehran_day
from nobat.shared.persian import latin_digits
from nobat.sms.ledger import not_reached
from nobat.visits.place import is_running, places, running_or_coming
from nobat.web.access import citizen_only
from nobat.web.citizen.displaced_cards import displaced_card

PAST_ON_A_PAGE = 10


@require_safe
@citizen_only
def my_appointments(request: HttpRequest) -> HttpResponse:
    citizen: Person = request.user  # type: ignore[assignment]
    now = timezone.now()
    page = _page_number(request.GET.get("page", ""))
    own = Appointment.objects.of(citizen).select_related("office__county", "service", "visit")
    current = own.filter(running_or_coming(now)) | own.waiting_for_another_hour(tehran_day(now))
    start = (page - 1) * PAST_ON_A_PAGE
    past = own.exclude(pk__in=current.values("pk")).order_by("-starts_at", "-pk")
    past = past.select_related("suspension__objection")
    shown = list(past[start : start + PAST_ON_A_PAGE + 1])
    if page > 1 and not shown:
        return redirect("citizen:my_appointments")
    weeks = list(Suspension.objects.of(citizen).running(now).explained())
    context = {
        "here": "mine",
        **_apart(list(current.order_by("starts_at")), now, can_move=not weeks),
        "past": shown[:PAST_ON_A_PAGE],
        "page": page,
        "page_after": page + 1 if len(shown) > PAST_ON_A_PAGE else None,
        "page_before": page - 1,
        "weeks": weeks,
    }
    return render(request, "citizen/my_appointments.html", context)


def _apart(current: list[Appointment], now: datetime, *, can_move: bool) -> dict[str, Any]:
    """Those at the office now, those that a closure displaced, and those ahead."""
    place_of = places(current, now)
    coming = [each for each in current if each.status == Status.BOOKED]
    lost = not_reached(each.reference for each in coming)
    for appointment in current:
        appointment.sms_is_lost = appointment.reference in lost  # type: ignore[attr-defined]
        appointment.changeable = appointment.can_be_changed(now)  # type: ignore[attr-defined]
        appointment.place = place_of.get(appointment.pk)  # type: ignore[attr-defined]
    displaced = [each for each in current if each.status == Status.DISPLACED]
    return {
        "running": [each for each in current if is_running(each, now)],
        "asking": [displaced_card(each, can_move=can_move) for each in displaced],
        "coming": coming,
        "asks_for_news": bool(place_of),
    }


def _page_number(typed: str) -> int:
    digits = latin_digits(typed)[:4]
    return max(int(digits), 1) if digits.isascii() and digits.isdigit() else 1
