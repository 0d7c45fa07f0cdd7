"""Page: one appointment, above all right after it was booked or moved."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nobat.appointments.models import Status
from nobat.appointments.receipt_words import identity_card
from nobat.people.models import Person
from nobat.visits.place import is_running, places
from nobat.web.access import citizen_only
from nobat.web.citizen.own_appointment import own_appointment
from nobat.web.citizen.receipt import receipt_context


@require_safe
@citizen_only
def booked(request: HttpRequest, reference: str) -> HttpResponse:
    citizen: Person = request.user  # type: ignore[assignment]
    appointment = own_appointment(citizen, reference)
    now = timezone.now()
    context = {
        "here": "mine",
        "appointment": appointment,
        "is_coming": appointment.status == Status.BOOKED and now < appointment.ends_at,
        "is_running": is_running(appointment, now),
        "place": places([appointment], now).get(appointment.pk),
        "can_be_changed": appointment.can_be_changed(now),
        "card": identity_card(citizen),
    }
    if appointment.status == Status.BOOKED:
        context |= receipt_context(appointment)
    return render(request, "citizen/booked.html", context)
