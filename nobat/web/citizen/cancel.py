"""Page: asks whether an appointment is really to be deleted, says what follows, deletes it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, NotPossibleNow, Status
from nobat.people.models import Person
from nobat.shared.jalali import hour, long_day
from nobat.shared.try_again import make_certain, try_again
from nobat.web.access import citizen_only
from nobat.web.citizen.own_appointment import own_appointment, refuse_if_over


@require_http_methods(["GET", "HEAD", "POST"])
@citizen_only
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    citizen: Person = request.user  # type: ignore[assignment]
    appointment = own_appointment(citizen, reference)
    if request.method == "POST":
        return _delete(request, citizen, appointment)
    refuse_if_over(appointment, timezone.now())
    is_displaced = appointment.status == Status.DISPLACED
    context = {"here": "mine", "appointment": appointment, "is_displaced": is_displaced}
    return render(request, "citizen/cancel.html", context)


def _delete(request: HttpRequest, citizen: Person, appointment: Appointment) -> HttpResponse:
    try:
        try_again(lambda: cancel_appointment(appointment=appointment, by=citizen))
    except NotPossibleNow:
        appointment.refresh_from_db(fields=["status", "starts_at"])
        # Pressed twice: what was wanted has been done.
        if appointment.status != Status.CANCELLED_BY_CITIZEN:
            refuse_if_over(appointment, timezone.now())
            raise
        make_certain()
    when = f"{long_day(appointment.day)}، ساعت {hour(appointment.starts_at)}"
    messages.success(request, f"نوبت {when} در {appointment.office.title} حذف شد. جریمه‌ای ندارد.")
    return redirect("citizen:my_appointments")
