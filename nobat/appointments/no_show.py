"""What happens when a citizen does not come."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.as_it_stands import lock_as_it_stands
from nobat.appointments.models import Appointment, NotPossibleNow, Status, Suspension
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.people.models import Person
from nobat.schedule.seats import give_back
from nobat.sms.models import Kind
from nobat.sms.outbox import queue_sms


def mark_no_show(
    *, appointment: Appointment, by: Person | None = None, now: datetime | None = None
) -> Suspension:
    """Cancel the appointment, begin the week without booking, tell the citizen: all or nothing.

    Published rule 5. Whether the office was open and recorded anybody is asked before, in
    visits/end_of_day.py. Raises NotPossibleNow if the appointment no longer stands, is
    not over yet, or has had its week before.
    """
    with transaction.atomic():
        lock_as_it_stands(appointment)
        # Read only now: a booking that was faster must not lie within the week.
        now = now or timezone.now()
        if appointment.status != Status.BOOKED or now < appointment.ends_at:
            raise NotPossibleNow
        if Suspension.objects.filter(cause=appointment).exists():
            raise NotPossibleNow
        appointment.change_status(Status.NO_SHOW, now)
        give_back(appointment.slot_ids)
        record(Act.NO_SHOW, appointment, by=by, at=now)
        suspension = _suspend(appointment, by, now)
        _tell(appointment, suspension)
    return suspension


def _suspend(appointment: Appointment, by: Person | None, now: datetime) -> Suspension:
    until = now + policy.rules_on(appointment.day).week_without_booking
    record(
        Act.SUSPENDED,
        appointment.citizen,
        by=by,
        at=now,
        appointment=appointment.pk,
        until=until.isoformat(),
    )
    return Suspension.objects.create(
        citizen=appointment.citizen, cause=appointment, starts_at=now, until=until
    )


def _tell(appointment: Appointment, suspension: Suspension) -> None:
    queue_sms(
        kind=Kind.NO_SHOW,
        to=appointment.citizen.mobile,
        about=appointment.reference,
        occasion=f"no_show:{appointment.reference}",
        params={
            "starts_at": appointment.starts_at.isoformat(),
            "office": appointment.office.name,
            "reference": appointment.reference,
            "until": suspension.until.isoformat(),
        },
        not_after=suspension.until,
    )
