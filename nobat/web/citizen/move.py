"""Page: the hour that is and the hour that is wanted, side by side; moves to it."""

from contextlib import suppress
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments.attempt import attempt_of
from nobat.appointments.models import Appointment, Status
from nobat.appointments.move import (
    SameHour,
    move_appointment,
    refuse_one_move_more,
    refuse_same_hour,
)
from nobat.appointments.receipt_words import cases_words
from nobat.people.models import Person
from nobat.shared.rules import RuleBroken
from nobat.shared.try_again import try_again
from nobat.web.access import citizen_only
from nobat.web.citizen.asked_hour import AskedHourForm
from nobat.web.citizen.book import NO_SUCH_HOUR, refuse_at_sight
from nobat.web.citizen.own_appointment import own_appointment, refuse_if_over
from nobat.web.citizen.refused_hour import back_to_calendar, refused_hour
from nobat.web.waiting_gate import through_the_waiting_room, with_ticket


@require_http_methods(["GET", "HEAD", "POST"])
@citizen_only
@through_the_waiting_room
def move(request: HttpRequest, reference: str) -> HttpResponse:
    citizen: Person = request.user  # type: ignore[assignment]
    appointment = own_appointment(citizen, reference)
    refuse_if_over(appointment, timezone.now())
    form = AskedHourForm(request, moving=appointment)
    if not form.is_valid():
        return _choose_first(request, form, appointment)
    try:
        if request.method == "POST":
            return _move(request, citizen, appointment, form)
        return _ask(request, form, appointment)
    except RuleBroken as refusal:
        return refused_hour(request, refusal, form)


def _choose_first(
    request: HttpRequest, form: AskedHourForm, appointment: Appointment
) -> HttpResponse:
    if "slot" in form.data:
        return back_to_calendar(request, NO_SUCH_HOUR, form)
    refuse_one_move_more(appointment, timezone.now())
    return redirect(form.calendar(service=appointment.service.code, cases=appointment.cases))


def _move(
    request: HttpRequest, citizen: Person, appointment: Appointment, form: AskedHourForm
) -> HttpResponse:
    # Pressed twice: it is there already.
    with attempt_of(citizen), suppress(SameHour):
        move_it = partial(move_appointment, appointment=appointment, **form.wanted)
        try_again(lambda: with_ticket(request, move_it))
    return redirect("citizen:booked", appointment.reference)


def _ask(request: HttpRequest, form: AskedHourForm, appointment: Appointment) -> HttpResponse:
    asked = form.hour()
    if asked is None:
        return back_to_calendar(request, NO_SUCH_HOUR, form)
    refuse_same_hour(appointment, asked.slot.pk, asked.service.code, asked.cases)
    refuse_one_move_more(appointment, timezone.now())
    refuse_at_sight(appointment.citizen, asked, held=appointment.held_slot_ids)
    context = {
        "here": "mine",
        "appointment": appointment,
        "is_displaced": appointment.status == Status.DISPLACED,
        "cases": cases_words(appointment.cases, appointment.day),
        "asked": asked,
        "asked_cases": cases_words(asked.cases, asked.slot.day),
        "key": form.data["key"],
        "calendar": form.calendar(asked.slot.office.code),
    }
    return render(request, "citizen/move.html", context)
