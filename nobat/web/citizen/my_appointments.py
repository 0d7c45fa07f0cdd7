"""Page: «نوبت‌های من», the coming ones and, some at a time, the past ones."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nobat.appointments.models import Appointment, Status, Suspension
from nobat.people.models import Person
from nobat.shared.persian import latin_digits
from nobat.web.access import citizen_only

PAST_ON_A_PAGE = 10


@require_safe
@citizen_only
def my_appointments(request: HttpRequest) -> HttpResponse:
    citizen: Person = request.user  # type: ignore[assignment]
    now = timezone.now()
    page = _page_number(request.GET.get("page", ""))
    own = Appointment.objects.of(citizen).select_related("office__county", "service")
    start = (page - 1) * PAST_ON_A_PAGE
    past = own.exclude(status=Status.BOOKED, ends_at__gt=now).order_by("-starts_at", "-pk")
    shown = list(past[start : start + PAST_ON_A_PAGE + 1])
    if page > 1 and not shown:
        return redirect("citizen:my_appointments")
    coming = list(own.upcoming(now).order_by("starts_at"))
    for appointment in coming:
        appointment.changeable = appointment.can_be_changed(now)  # type: ignore[attr-defined]
    context = {
        "here": "mine",
        "coming": coming,
        "past": shown[:PAST_ON_A_PAGE],
        "page": page,
        "page_after": page + 1 if len(shown) > PAST_ON_A_PAGE else None,
        "page_before": page - 1,
        "suspension": Suspension.objects.of(citizen).running(now).order_by("-until").first(),
    }
    return render(request, "citizen/my_appointments.html", context)


def _page_number(typed: str) -> int:
    digits = latin_digits(typed)[:4]
    return max(int(digits), 1) if digits.isascii() and digits.isdigit() else 1
