"""A citizen gives a turn back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.attempt import count_deleted
from nobat.appointments.models import Appointment, NotPossibleNow, Status
from nobat.appointments.proposal import no_longer_wanted
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.people.models import Person
from nobat.schedule.hold import keep_given_back
from nobat.schedule.seats import give_back
from nobat.shared.jalali import tehran_day
from nobat.sms.models import Kind
from nobat.sms.outbox import let_go, queue_sms


def cancel_appointment(*, appointment: Appointment, by: Person) -> None:
    """Free the seats, write it down and queue the SMS: all or nothing.

    Others can book the seats from a random moment of the next minutes on, so that nobody
    can hand a turn over to somebody who waits for it, nor keep an office empty by taking
    and deleting one turn after the other: attempt.py counts them.

    Possible until the hour of the appointment, and without any penalty; one that a
    closure displaced holds no seat, and goes at any time. Raises NotPossibleNow when it
    is too late or somebody was faster.
    """
    now = timezone.now()
    with transaction.atomic():
        by.lock()  # a move of the same moment must not change the seats under our feet
        appointment.refresh_from_db(
            fields=["slot", "second_slot", "starts_at", "moves", "status"],
            from_queryset=Appointment.objects.select_for_update(no_key=True),
        )
        if not appointment.can_be_changed(now):
            raise NotPossibleNow
        held = appointment.held_slot_ids
        appointment.change_status(Status.CANCELLED_BY_CITIZEN, now)
        give_back(held)
        if held:
            count_deleted(by, now)
        _keep_for_some_minutes(appointment, held, now)
        let_go(kind=Kind.REMINDER, about=[appointment.reference])
        record(Act.CANCELLED_BY_CITIZEN, appointment, by=by, at=now)
        queue_sms(
            kind=Kind.CANCELLED,
            to=by.mobile,
            about=appointment.reference,
            occasion=f"cancelled:{appointment.reference}",
            params={
                "starts_at": appointment.starts_at.isoformat(),
                "office": appointment.office.name,
                "reference": appointment.reference,
            },
            not_after=max(appointment.starts_at, now + policy.STILL_WORTH_TELLING),
        )


def _keep_for_some_minutes(appointment: Appointment, held: list[int], now: datetime) -> None:
    free_from = policy.seat_comes_back_at(now)
    no_longer_wanted(appointment=appointment, now=now, free_from=free_from)
    first_day, _ = policy.bookable_days(tehran_day(now))
    if tehran_day(appointment.starts_at) >= first_day:  # nobody can book the others any more
        keep_given_back(slot_ids=held, until=free_from, given_back_by=appointment.pk)
