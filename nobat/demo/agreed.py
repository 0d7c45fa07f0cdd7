"""Appointments of the demo on days that can no longer be booked, as honest rows.

Each has its slot, journal entries and SMS, and whoever came has a visit, so that
check_integrity finds nothing to say.
"""

from datetime import datetime, timedelta

from nobat.appointments.models import HOLDS_A_SEAT, Appointment, Status
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office, Service
from nobat.people.models import Person
from nobat.schedule.models import Slot
from nobat.schedule.seats import hold_again
from nobat.shared.jalali import tehran_day
from nobat.shared.reference import new_reference
from nobat.sms.gateways.demo_phone import DemoPhone
from nobat.sms.lanes import LANE_OF
from nobat.sms.models import Kind, OutgoingSms, State
from nobat.sms.texts import parts, text_of
from nobat.visits.models import NEEDS_A_NOTE, OfficeDay, Visit, VisitState

HALF_AN_HOUR = timedelta(minutes=30)
SERVED_AFTER = timedelta(minutes=20)
EARLY = timedelta(minutes=5)
SOON = timedelta(seconds=8)
SEATS = 3
MISSING = "اصل وکالت‌نامه"


def agree(
    citizen: Person,
    office: Office,
    service: Service,
    starts_at: datetime,
    status: Status = Status.BOOKED,
) -> Appointment:
    """What no operation can make: an appointment of today, or of a day that is over."""
    slot = _slot(office, starts_at)
    if status in HOLDS_A_SEAT:
        hold_again([slot.pk])
    booked_at = starts_at - timedelta(days=5)
    appointment = Appointment.objects.create(
        reference=new_reference(),
        citizen=citizen,
        office=office,
        service=service,
        cases=1,
        slot=slot,
        day=slot.day,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        status=status,
        booked_at=booked_at,
        status_changed_at=booked_at,
    )
    record(Act.BOOKED, appointment, by=citizen, at=booked_at, slots=[slot.pk])
    _told(Kind.BOOKED, f"booked:{appointment.reference}:0", appointment, booked_at)
    return appointment


def agree_and_cancel(
    citizen: Person, office: Office, service: Service, starts_at: datetime
) -> Appointment:
    """One that its citizen deleted on the day before."""
    appointment = agree(citizen, office, service, starts_at, Status.CANCELLED_BY_CITIZEN)
    at = starts_at - timedelta(days=1)
    record(Act.CANCELLED_BY_CITIZEN, appointment, by=citizen, at=at)
    _told(Kind.CANCELLED, f"cancelled:{appointment.reference}", appointment, at)
    return appointment


def came(appointment: Appointment, state: VisitState, *, clerk: Person, number: int) -> Visit:
    """Its citizen came a little early, and this is what has become of it."""
    arrived_at = appointment.starts_at - EARLY
    Appointment.objects.filter(pk=appointment.pk).update(
        status=Status.CHECKED_IN, status_changed_at=arrived_at
    )
    called_at = None if state == VisitState.WAITING else appointment.starts_at
    is_over = state not in (VisitState.WAITING, VisitState.BEING_SERVED)
    visit = Visit.objects.create(
        office=appointment.office,
        day=appointment.day,
        number=number,
        appointment=appointment,
        service=appointment.service,
        hour=appointment.starts_at,
        state=state,
        note=MISSING if state in NEEDS_A_NOTE else "",
        arrived_at=arrived_at,
        called_at=called_at,
        finished_at=appointment.starts_at + SERVED_AFTER if is_over else None,
        recorded_by=clerk,
    )
    OfficeDay.objects.update_or_create(
        office=appointment.office, day=appointment.day, defaults={"last_number": number}
    )
    record(Act.CHECKED_IN, appointment, by=clerk, at=arrived_at, number=number)
    if called_at:
        record(Act.CALLED, visit, by=clerk, at=called_at)
    if visit.finished_at:
        record(Act.FINISHED, visit, by=clerk, at=visit.finished_at, outcome=state.value)
    return visit


def _slot(office: Office, starts_at: datetime) -> Slot:
    slot, _ = Slot.objects.get_or_create(
        office=office,
        starts_at=starts_at,
        defaults={
            "day": tehran_day(starts_at),
            "ends_at": starts_at + HALF_AN_HOUR,
            "capacity": SEATS,
            "offered": SEATS,
        },
    )
    return slot


def _told(kind: Kind, occasion: str, appointment: Appointment, at: datetime) -> None:
    office = appointment.office
    params = {
        "starts_at": appointment.starts_at.isoformat(),
        "office": office.name,
        "reference": appointment.reference,
    }
    if kind == Kind.BOOKED:
        params["address"] = f"{office.county.name}، {office.address}"
    OutgoingSms.objects.create(
        kind=kind,
        lane=LANE_OF[kind],
        about=appointment.reference,
        occasion=occasion,
        to=appointment.citizen.mobile,
        params=params,
        not_after=appointment.starts_at,
        state=State.DELIVERED,
        tries=1,
        next_try_at=at,
        queued_at=at,
        sent_at=at,
        reported_at=at + SOON,
        provider=DemoPhone.name,
        parts=parts(text_of(kind, params)),
    )
