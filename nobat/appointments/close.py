"""An office closes for some hours: who has an appointment in them, and what each is told."""

from datetime import date, time
from typing import NamedTuple

from django.db import transaction

from nobat.appointments.as_it_stands import lock_as_it_stands
from nobat.appointments.displace import displace_appointment
from nobat.appointments.models import Appointment, AppointmentQuerySet, Status
from nobat.offices.models import Office
from nobat.people.models import Person
from nobat.schedule.closures import close_hours
from nobat.schedule.models import Closure
from nobat.schedule.publish import lock_schedules
from nobat.shared.persian import clean
from nobat.shared.rules import RuleBroken


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
    standing = standing_in(closure).select_related("citizen", "office").order_by("starts_at", "pk")
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
    with transaction.atomic():
        if not Closure.objects.select_for_update(no_key=True).filter(pk=closure.pk).first():
            return False
        lock_as_it_stands(appointment)
        if not standing_in(closure).filter(pk=appointment.pk).exists():
            return False
        displace_appointment(appointment=appointment, reason=closure.reason, by=by)
    return True
