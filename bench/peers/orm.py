"""Booking as a plain Django view: models, a transaction, and the rows locked while it looks."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from nobat.appointments.models import Appointment, Status, Suspension, TurnRequest
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Service
from nobat.people.models import Person
from nobat.schedule.models import Slot
from nobat.shared.jalali import tehran_day
from nobat.shared.reference import new_reference
from nobat.sms.kinds import Kind
from nobat.sms.outbox import queue_sms

FIRST_DAY, LAST_DAY, TURNS_PER_DAY = timedelta(days=1), timedelta(days=30), 2


@require_POST
@login_required
def book(request: HttpRequest, code: str) -> HttpResponse:
    with transaction.atomic():
        citizen = Person.objects.select_for_update().get(pk=request.user.pk)
        slots = Slot.objects.select_for_update(of=("self",)).select_related("office__county")
        slot = slots.get(pk=request.POST["slot"], office__code=code)
        service = Service.objects.get(
            code=request.POST["service"], is_bookable=True, officeservice__office=slot.office
        )
        key = UUID(request.POST["key"])
        if _is_refused(citizen, slot, key):
            return HttpResponse("refused", status=409)
        appointment = _agree(citizen, slot, service, int(request.POST["cases"]))
        TurnRequest.objects.create(
            citizen=citizen, key=key, appointment=appointment, slot=slot, made_at=timezone.now()
        )
    return HttpResponseRedirect(f"/my/appointments/{appointment.reference}/")


def _is_refused(citizen: Person, slot: Slot, key: UUID) -> bool:
    now = timezone.now()
    today = tehran_day(now)
    mine = Appointment.objects.filter(citizen=citizen).holding_a_seat()
    return (
        slot.taken >= slot.offered
        or bool(slot.held_until and slot.held_until > now)
        or not today + FIRST_DAY <= slot.day <= today + LAST_DAY
        or slot.office.status != "open"
        or TurnRequest.objects.filter(citizen=citizen, key=key).exists()
        or Suspension.objects.filter(citizen=citizen, until__gt=now, ended_at=None).exists()
        or mine.filter(starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at).exists()
        or mine.filter(office=slot.office, day=slot.day).count() >= TURNS_PER_DAY
    )


def _agree(citizen: Person, slot: Slot, service: Service, cases: int) -> Appointment:
    now = timezone.now()
    Slot.objects.filter(pk=slot.pk).update(taken=F("taken") + 1)
    appointment = Appointment.objects.create(
        reference=new_reference(),
        citizen=citizen,
        office=slot.office,
        service=service,
        cases=cases,
        slot=slot,
        day=slot.day,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        status=Status.BOOKED,
        booked_at=now,
        status_changed_at=now,
    )
    record(Act.BOOKED, appointment, by=citizen, at=now, slots=[slot.pk])
    queue_sms(
        kind=Kind.BOOKED,
        to=citizen.mobile,
        about=appointment.reference,
        occasion=f"booked:{appointment.reference}:0",
        params={
            "starts_at": slot.starts_at.isoformat(),
            "office": slot.office.name,
            "address": f"{slot.office.county.name}، {slot.office.address}",
            "reference": appointment.reference,
        },
        not_after=slot.starts_at,
    )
    return appointment


def ready(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("offices/<str:code>/book/", book), path("healthz/ready", ready)]
