"""An office closes for some hours: who has an appointment in them, and what each is told."""

from datetime import date, datetime, time
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.models import Appointment, AppointmentQuerySet, Status
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office
from nobat.people.models import Person
from nobat.schedule.closures import close_hours
from nobat.schedule.models import Closure
from nobat.schedule.publish import lock_schedules
from nobat.schedule.seats import give_back
from nobat.shared.persian import clean
from nobat.shared.rules import RuleBroken
from nobat.sms.models import Kind
from nobat.sms.outbox import queue_sms


class LookAgain(RuleBroken):
    message = (
        "نوبت‌های این ساعت‌ها در این میان عوض شد. کسی را که ندیده‌اید بی‌نوبت نمی‌کنیم؛ فهرست "
        "تازه را ببینید و دوباره تایید کنید."
    )


class Affected(NamedTuple):
    appointments: list[Appointment]  # with citizen and service, by the clock
    version: str  # what somebody who looked at them has seen


class Closed(NamedTuple):
    closure: Closure
    displaced: int  # appointments that fell out of it by this call


def affected_by(
    *, office: Office, day: date, from_hour: time | None, until_hour: time | None
) -> Affected:
    """Who would lose an hour if the office closed then; without hours, the whole day."""
    hours = Closure(office=office, day=day, from_hour=from_hour, until_hour=until_hour)
    found = standing_in(hours).select_related("citizen", "service").order_by("starts_at", "pk")
    appointments = list(found)
    return Affected(appointments, ",".join(_as_seen(each) for each in appointments))


def close_office(
    *,
    office: Office,
    day: date,
    from_hour: time | None,
    until_hour: time | None,
    reason: str,
    by: Person,
    seen: str,
) -> Closed:
    """Close the hours, and end each appointment in them without any penalty.

    `seen` is the version of what affected_by showed; raises LookAgain, and has done
    nothing, if by now somebody is affected who was not seen. Raises the refusals of
    schedule/closures.py.

    The hours close first, in one transaction: after it nobody can come to stand in them.
    Then each appointment ends in a short transaction of its own, so that no citizen waits
    for the others. Killed in between, the hours are closed, and each appointment is either
    untouched or ended with its seats, journal and SMS. The same call again, or
    finish_closing, does the rest; calling them once more changes nothing.
    """
    with transaction.atomic():
        lock_schedules([office.pk])
        closure = _same_closure(office, day, from_hour, until_hour, reason)
        if closure is None:
            closure = close_hours(
                office=office,
                day=day,
                from_hour=from_hour,
                until_hour=until_hour,
                reason=reason,
                by=by,
            )
        # Read after the slots were closed: from here on the list can only become shorter.
        if {_as_seen(each) for each in standing_in(closure)} - set(seen.split(",")):
            raise LookAgain
    return Closed(closure, displaced=finish_closing(closure=closure, by=by))


def finish_closing(*, closure: Closure, by: Person) -> int:
    """End every appointment that still stands in closed hours; returns how many did.

    Several at once, or one after the other, end each of them once.
    """
    standing = standing_in(closure).select_related("citizen").order_by("starts_at", "pk")
    return sum(_displace(appointment, closure, by) for appointment in list(standing))


def standing_in(closure: Closure) -> AppointmentQuerySet:
    """Those that stand in its hours, if only in part."""
    starts_at, ends_at = closure.span
    return Appointment.objects.filter(
        office=closure.office_id,
        day=closure.day,
        status=Status.BOOKED,
        starts_at__lt=ends_at,
        ends_at__gt=starts_at,
    )


def _same_closure(
    office: Office, day: date, from_hour: time | None, until_hour: time | None, reason: str
) -> Closure | None:
    """The button pressed twice, or after a break: these very hours are closed already."""
    hours = {"from_hour": from_hour, "until_hour": until_hour}
    return Closure.objects.filter(office=office, day=day, reason=clean(reason), **hours).first()


def _as_seen(appointment: Appointment) -> str:
    # One that moved within the hours is another one to whoever looked at it.
    return f"{appointment.pk}.{appointment.moves}"


def _displace(appointment: Appointment, closure: Closure, by: Person) -> bool:
    """All or nothing; False if there was nothing to do any more.

    Locks are taken in the order closure, person, appointment, slots. The closure is first,
    so that opening it again waits, or has ended this; nobody who holds a person wants it.
    """
    now = timezone.now()
    with transaction.atomic():
        if not Closure.objects.select_for_update(no_key=True).filter(pk=closure.pk).first():
            return False
        citizen = appointment.citizen.lock()
        still_there = standing_in(closure).filter(pk=appointment.pk)
        found = still_there.select_for_update(no_key=True).first()
        if found is None:
            return False
        still_there.update(status=Status.DISPLACED, reason=closure.reason, status_changed_at=now)
        give_back(found.slot_ids)
        record(Act.DISPLACED, found, by=by, at=now, closure=closure.pk)
        _tell(found, citizen.mobile, closure.office, now)
    return True


def _tell(appointment: Appointment, mobile: str, office: Office, now: datetime) -> None:
    queue_sms(
        kind=Kind.OFFICE_CLOSED,
        to=mobile,
        about=appointment.reference,
        occasion=f"office_closed:{appointment.reference}:{appointment.moves}",
        params=what_is_told(appointment, office),
        not_after=max(appointment.starts_at, now + policy.STILL_WORTH_TELLING),
    )


def what_is_told(appointment: Appointment, office: Office) -> dict[str, object]:
    """What the SMS of a closure names; see sms/texts.py."""
    return {
        "starts_at": appointment.starts_at.isoformat(),
        "office": office.name,
        "reference": appointment.reference,
    }
