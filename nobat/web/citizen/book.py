"""Page: confirm one hour at one office and book it."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments import policy
from nobat.appointments.attempt import attempt_of
from nobat.appointments.book import (
    NoTurnAfter,
    SlotFull,
    Suspended,
    book_appointment,
    refuse_by_outcome,
    refuse_impossible_cases,
)
from nobat.appointments.models import Appointment, Status
from nobat.appointments.receipt_words import IDENTITIES, cases_words, masked_identity
from nobat.appointments.take_turn import Turn
from nobat.people.models import IdentityKind, Person
from nobat.shared.rules import RuleBroken
from nobat.shared.try_again import try_again
from nobat.web.access import citizen_only
from nobat.web.citizen.asked_hour import AskedHour, AskedHourForm
from nobat.web.citizen.refused_hour import back_to_calendar, refused_hour, running_suspension
from nobat.web.straight_booking import straight_turn
from nobat.web.waiting_gate import through_the_waiting_room, with_ticket

NO_SUCH_HOUR = "ساعتی که در نشانی آمده در برنامهٔ این دفتر نیست. ساعت دیگری انتخاب کنید."


@require_http_methods(["GET", "HEAD", "POST"])
@citizen_only
@through_the_waiting_room
def book(request: HttpRequest, code: str) -> HttpResponse:
    citizen: Person = request.user  # type: ignore[assignment]
    form = AskedHourForm(request, office_code=code)
    if not form.is_valid():
        return back_to_calendar(request, NO_SUCH_HOUR, form)
    try:
        if request.method == "POST":
            with attempt_of(citizen):
                turn = _turn(request, citizen, form)
            return redirect("citizen:booked", turn.reference)
        return _ask(request, citizen, form)
    except RuleBroken as refusal:
        return refused_hour(request, refusal, form)


def _turn(request: HttpRequest, citizen: Person, form: AskedHourForm) -> Turn:
    said = straight_turn(request)
    if said is None:
        book = partial(book_appointment, citizen=citizen, **form.wanted)
        return try_again(lambda: with_ticket(request, book))
    refuse_by_outcome(said, citizen.pk, timezone.now())
    return said


def _ask(request: HttpRequest, citizen: Person, form: AskedHourForm) -> HttpResponse:
    asked = form.hour()
    if asked is None:
        return back_to_calendar(request, NO_SUCH_HOUR, form)
    own = None if asked.is_free(held=[]) else _own_turn(citizen, asked)
    if own:  # came back to this page after booking
        return redirect("citizen:booked", own.reference)
    refuse_at_sight(citizen, asked, held=[])
    identity_label, _, card = IDENTITIES[IdentityKind(citizen.identity_kind)]
    context = {
        "here": "find",
        "asked": asked,
        "key": form.data["key"],
        "calendar": form.calendar(),
        "citizen": citizen,
        "identity_label": identity_label,
        "identity": masked_identity(citizen),
        "card": card,
        "cases": cases_words(asked.cases, asked.slot.day),
        "rules": policy.rules_on(asked.slot.day),
    }
    return render(request, "citizen/book.html", context)


def refuse_at_sight(citizen: Person, asked: AskedHour, *, held: list[int]) -> None:
    """Say before anybody presses the button what it would answer anyway."""
    refuse_impossible_cases(asked.cases, asked.slot.day)
    suspension = running_suspension(citizen)
    if suspension:
        raise Suspended(suspension.until)
    if asked.last is None:
        raise NoTurnAfter
    if not asked.is_free(held=held):
        raise SlotFull


def _own_turn(citizen: Person, asked: AskedHour) -> Appointment | None:
    own = Appointment.objects.of(citizen).filter(slot=asked.slot, status=Status.BOOKED)
    return own.first()
