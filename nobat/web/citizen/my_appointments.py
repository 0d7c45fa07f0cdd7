"""Page: «نوبت‌های من»: those that ask for another hour, the coming and the past ones."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nobat.appointments.models import Appointment, Status, Suspension
from nobat.people.models import Person
from nobat.shared.jalali import tehran_day
from nobat.shared.persian import latin_digits
from nobat.web.access import citizen_only
from nobat.web.citizen.displaced_cards import displaced_card

PAST_ON_A_PAGE = 10


@require_safe
@citizen_only
def my_appointments(request: HttpRequest) -> HttpResponse:
    citizen: Person = request.user  # type: ignore[assignment]
    now = timezone.now()
    page = _page_number(request.GET.get("page", ""))
    own = Appointment.objects.of(citizen).select_related("office__county", "service")
    current = own.upcoming(now) | own.waiting_for_another_hour(tehran_day(now))
    start = (page - 1) * PAST_ON_A_PAGE
    past = own.exclude(pk__in=current.values("pk")).order_by("-starts_at", "-pk")
    shown = list(past[start : start + PAST_ON_A_PAGE + 1])
    if page > 1 and not shown:
        return redirect("citizen:my_appointments")
    weeks = list(Suspension.objects.of(citizen).running(now).explained())
    asking, coming = _apart(list(current.order_by("starts_at")), now)
    context = {
        "here": "mine",
        "asking": [displaced_card(each, can_move=not weeks) for each in asking],
        "coming": coming,
        "past": shown[:PAST_ON_A_PAGE],
        "page": page,
        "page_after": page + 1 if len(shown) > PAST_ON_A_PAGE else None,
        "page_before": page - 1,
        "weeks": weeks,
    }
    return render(request, "citizen/my_appointments.html", context)


def _apart(
    current: list[Appointment], now: datetime
) -> tuple[list[Appointment], list[Appointment]]:
    """Those that a closure displaced, and those that stand."""
    asking = [each for each in current if each.status == Status.DISPLACED]
    coming = [each for each in current if each.status == Status.BOOKED]
    for appointment in coming:
        appointment.changeable = appointment.can_be_changed(now)  # type: ignore[attr-defined]
    return asking, coming


def _page_number(typed: str) -> int:
    digits = latin_digits(typed)[:4]
    return max(int(digits), 1) if digits.isascii() and digits.isdigit() else 1
