"""The office was shut: an appointment falls out, and nothing follows for the citizen."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.as_it_stands import lock_as_it_stands
from nobat.appointments.models import Appointment, NotPossibleNow, Proposal, Status
from nobat.appointments.propose import propose_another_hour
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office
from nobat.people.models import Person
from nobat.schedule.models import ClosureOrder
from nobat.schedule.seats import give_back
from nobat.sms.models import Kind
from nobat.sms.outbox import let_go, queue_sms

LONGEST_REASON = 120


def displace_appointment(
    *,
    appointment: Appointment,
    reason: str,
    by: Person | None,
    order: ClosureOrder | None = None,
    now: datetime | None = None,
) -> Proposal:
    """Free the seats, hold another hour, write it down and queue the SMS: all or nothing.

    The citizen takes the proposed hour or another one from «نوبت‌های من», also when the old
    one is over. Raises NotPossibleNow if the appointment no longer stands.
    """
    with transaction.atomic():
        lock_as_it_stands(appointment)
        now = now or timezone.now()
        if appointment.status != Status.BOOKED:
            raise NotPossibleNow
        appointment.change_status(Status.DISPLACED, now, reason=reason[:LONGEST_REASON])
        give_back(appointment.slot_ids)
        let_go(kind=Kind.REMINDER, about=appointment.reference)
        record(Act.DISPLACED, appointment, by=by, at=now)
        proposal = propose_another_hour(appointment=appointment, order=order, now=now)
        queue_sms(
            kind=Kind.OFFICE_CLOSED,
            to=appointment.citizen.mobile,
            about=appointment.reference,
            occasion=f"office_closed:{appointment.reference}:{appointment.moves}",
            params=what_is_told(appointment, appointment.office, proposal),
            not_after=max(appointment.starts_at, now + policy.STILL_WORTH_TELLING),
        )
    return proposal


def what_is_told(
    appointment: Appointment, office: Office, proposal: Proposal | None = None
) -> dict[str, object]:
    """What the SMS of a closure names; see sms/texts.py."""
    told: dict[str, object] = {
        "starts_at": appointment.starts_at.isoformat(),
        "office": office.name,
        "reference": appointment.reference,
    }
    if proposal and proposal.slot and proposal.starts_at and proposal.held_until:
        told["proposed_at"] = proposal.starts_at.isoformat()
        told["answer_until"] = proposal.held_until.isoformat()
        if proposal.slot.office_id != office.pk:
            told["proposed_office"] = proposal.slot.office.name
    return told
