"""A citizen did not come, or seemed not to have come, and nothing follows from it."""

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Least
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.as_it_stands import lock_as_it_stands
from nobat.appointments.models import (
    Appointment,
    NotPossibleNow,
    Objection,
    Status,
    Suspension,
)
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.people.models import Person
from nobat.schedule.seats import give_back, hold_again
from nobat.sms.models import Kind
from nobat.sms.outbox import queue_sms

LONGEST_REASON = 120
CAME_AFTER_ALL = "آمدن شما به دفتر دیرتر به سامانه رسید"


def excuse_no_show(
    *, appointment: Appointment, reason: str, by: Person | None, now: datetime | None = None
) -> None:
    """End the week at once and say so by SMS: all or nothing.

    `reason` is read by the citizen. Raises NotPossibleNow if it is no no-show (any more).
    """
    with transaction.atomic():
        now = _only_if(Status.NO_SHOW, appointment, now)
        reason = reason[:LONGEST_REASON]
        appointment.change_status(Status.EXCUSED, now, reason=reason)
        record(Act.EXCUSED, appointment, by=by, at=now, why=reason)
        _end_week(appointment, reason, by, now)


def check_in_late(*, appointment: Appointment, by: Person, now: datetime | None = None) -> None:
    """They had come, and the office could not say so in time: all or nothing.

    The week ends at once and an SMS says so. The visit itself is written by
    visits/check_in.py. Raises NotPossibleNow if it is no no-show (any more).
    """
    with transaction.atomic():
        now = _only_if(Status.NO_SHOW, appointment, now)
        appointment.change_status(Status.CHECKED_IN, now)
        hold_again(appointment.slot_ids)
        record(Act.CHECKED_IN, appointment, by=by, at=now, late=True)
        _end_week(appointment, CAME_AFTER_ALL, by, now)


def spare_from_no_show(
    *, appointment: Appointment, reason: str, by: Person | None, now: datetime | None = None
) -> None:
    """The hour is over and the office, not the citizen, was missing: all or nothing.

    No SMS: nobody had been told of any consequence, so there is none to take back. The
    reason stands in «نوبت‌های من». Raises NotPossibleNow if it no longer stands or is not
    over yet.
    """
    with transaction.atomic():
        now = _only_if(Status.BOOKED, appointment, now)
        if now < appointment.ends_at:
            raise NotPossibleNow
        reason = reason[:LONGEST_REASON]
        appointment.change_status(Status.EXCUSED, now, reason=reason)
        give_back(appointment.slot_ids)
        record(Act.EXCUSED, appointment, by=by, at=now, why=reason)


def _only_if(status: Status, appointment: Appointment, now: datetime | None) -> datetime:
    lock_as_it_stands(appointment)
    if appointment.status != status:
        raise NotPossibleNow
    return now or timezone.now()


def _end_week(appointment: Appointment, reason: str, by: Person | None, now: datetime) -> None:
    """Never later than it would have ended by itself. An open objection has its answer."""
    suspension = Suspension.objects.filter(cause=appointment, ended_at=None)
    suspension.update(ended_at=Least("until", now))
    undecided = Objection.objects.filter(suspension__cause=appointment, is_accepted=None)
    if undecided.update(is_accepted=True, decided_at=now, decided_by=by, answer=reason):
        record(Act.OBJECTION_ACCEPTED, appointment, by=by, at=now)
    _tell(appointment, now)


def _tell(appointment: Appointment, now: datetime) -> None:
    params: dict[str, object] = {
        "starts_at": appointment.starts_at.isoformat(),
        "office": appointment.office.name,
        "reference": appointment.reference,
    }
    another = Suspension.objects.of(appointment.citizen).running(now).order_by("-until").first()
    if another:
        params["until"] = another.until.isoformat()
    queue_sms(
        kind=Kind.EXCUSED,
        to=appointment.citizen.mobile,
        about=appointment.reference,
        occasion=f"excused:{appointment.reference}",
        params=params,
        not_after=now + policy.rules_on(appointment.day).week_without_booking,
    )
