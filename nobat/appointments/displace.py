"""The office was shut: an appointment falls out, and nothing follows for the citizen."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.as_it_stands import lock_as_it_stands
from nobat.appointments.models import Appointment, NotPossibleNow, Proposal, Status
from nobat.appointments.propose import propose_other_hours
from nobat.journal.acts import Act
from nobat.journal.record import record_each
from nobat.offices.models import Office
from nobat.people.models import Person
from nobat.schedule.models import ClosureOrder
from nobat.schedule.seats import give_back
from nobat.sms.incoming import that_one_may_answer
from nobat.sms.models import Kind, OutgoingSms
from nobat.sms.outbox import an_sms, let_go, queue_all

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
        (proposal,) = displace_locked(
            appointments=[appointment], reason=reason, by=by, order=order, now=now
        )
    return proposal


def displace_locked(
    *,
    appointments: Sequence[Appointment],
    reason: str,
    by: Person | None,
    order: ClosureOrder | None,
    now: datetime,
) -> list[Proposal]:
    """The same for some at once, in as few statements as for one.

    Call it in a transaction that has locked first their citizens, then them, each in the
    order of ids, and has read them since: all stand.
    """
    _free(appointments, reason, now)
    let_go(kind=Kind.REMINDER, about=[each.reference for each in appointments])
    record_each(Act.DISPLACED, ((each, {}) for each in appointments), by=by, at=now)
    proposals = propose_other_hours(appointments=appointments, order=order, now=now)
    queue_all([_sms(proposal, now) for proposal in proposals])
    return proposals


def _free(appointments: Sequence[Appointment], reason: str, now: datetime) -> None:
    changes = {
        "status": Status.DISPLACED,
        "status_changed_at": now,
        "reason": reason[:LONGEST_REASON],
    }
    ids = [appointment.pk for appointment in appointments]
    standing = Appointment.objects.filter(pk__in=ids, status=Status.BOOKED)
    if standing.update(**changes) != len(ids):
        raise NotPossibleNow
    for appointment in appointments:
        for name, value in changes.items():
            setattr(appointment, name, value)
    # All at once, so that slots are locked in the order of their ids.
    give_back([slot_id for appointment in appointments for slot_id in appointment.slot_ids])


def _sms(proposal: Proposal, now: datetime) -> OutgoingSms:
    appointment = proposal.appointment
    not_after = max(appointment.starts_at, now + policy.STILL_WORTH_TELLING)
    return an_sms(
        kind=Kind.OFFICE_CLOSED,
        to=appointment.citizen.mobile,
        about=appointment.reference,
        occasion=f"office_closed:{appointment.reference}:{appointment.moves}",
        params=what_is_told(appointment, appointment.office, proposal),
        not_after=not_after,
        needed_before=appointment.starts_at if appointment.starts_at > now else not_after,
    )


def what_is_told(
    appointment: Appointment, office: Office, proposal: Proposal | None = None
) -> dict[str, object]:
    """What the SMS of a closure names; see sms/texts.py."""
    told: dict[str, object] = {
        "starts_at": appointment.starts_at.isoformat(),
        "office": office.name,
        "reference": appointment.reference,
        **that_one_may_answer(),
    }
    if proposal and proposal.slot and proposal.starts_at and proposal.held_until:
        told["proposed_at"] = proposal.starts_at.isoformat()
        told["answer_until"] = proposal.held_until.isoformat()
        if proposal.slot.office_id != office.pk:
            told["proposed_office"] = proposal.slot.office.name
    return told
