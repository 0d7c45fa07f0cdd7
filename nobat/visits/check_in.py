"""Somebody with an appointment is here; and taking that back."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.as_it_stands import lock_as_it_stands
from nobat.appointments.displace import displace_appointment
from nobat.appointments.excuse import check_in_late
from nobat.appointments.models import Appointment, NotPossibleNow, Status, Suspension
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office
from nobat.people.models import Person
from nobat.shared.jalali import tehran_day
from nobat.visits.day_record import day_record
from nobat.visits.expected import AlreadyHere, refuse_unless_expected
from nobat.visits.models import Visit, VisitChanged, VisitState
from nobat.visits.numbers import next_number

CHECK_IN = Path(__file__).with_name("check_in.sql").read_text(encoding="utf-8")


def check_in(
    *, appointment: Appointment, office: Office, by: Person, pressed_at: datetime | None = None
) -> Visit:
    """Give a number and write it down, in one statement: all or nothing.

    Whoever comes more than LATE_AFTER after the hour stands behind those who were on time.
    Of two check-ins of one appointment the second is refused, unless it is the same press
    (`pressed_at`) again. Raises the refusals of expected.py, or NotPossibleNow.
    """
    now = pressed_at or timezone.now()
    refuse_unless_expected(appointment, office, now)
    try:
        return write_down(appointment, office, by, arrived_at=now, now=now)
    except AlreadyHere:
        by_this_press = Visit.objects.filter(appointment=appointment, arrived_at=now)
        if visit := by_this_press.filter(recorded_by=by).first():
            return visit
        raise


def write_down(
    appointment: Appointment, office: Office, by: Person, *, arrived_at: datetime, now: datetime
) -> Visit:
    """The one statement. Raises what became of the appointment since it was looked at."""
    hour = hour_to_be_served(appointment, arrived_at)
    day = tehran_day(arrived_at)
    values: dict[str, Any] = {
        "appointment": appointment.pk,
        "office": office.pk,
        "day": day,
        "moves": appointment.moves,
        "hour": hour,
        "arrived_at": arrived_at,
        "by": by.pk,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(CHECK_IN, values)
        row = cursor.fetchone()
    if row is None:
        _say_what_became_of_it(appointment, office, arrived_at)
    visit_id, number = row
    return Visit(
        pk=visit_id,
        office=office,
        day=day,
        number=number,
        appointment=appointment,
        service_id=appointment.service_id,
        hour=hour,
        arrived_at=arrived_at,
        recorded_by=by,
    )


def write_down_after_no_show(
    appointment: Appointment, office: Office, by: Person, *, arrived_at: datetime, now: datetime
) -> Visit:
    """They had come, but the day was ended before anybody could say so: the week ends too.
    All or nothing. Raises NotPossibleNow."""
    with transaction.atomic():
        check_in_late(appointment=appointment, by=by, now=now)
        day = tehran_day(arrived_at)
        return Visit.objects.create(
            office=office,
            day=day,
            number=next_number(office, day),
            appointment=appointment,
            service_id=appointment.service_id,
            hour=hour_to_be_served(appointment, arrived_at),
            arrived_at=arrived_at,
            recorded_by=by,
        )


def hour_to_be_served(appointment: Appointment, arrived_at: datetime) -> datetime:
    """The hour of the appointment, or of arriving for who is late."""
    is_late = arrived_at > appointment.starts_at + policy.rules_on(appointment.day).late_after
    return arrived_at if is_late else appointment.starts_at


def undo_check_in(*, visit: Visit, by: Person) -> None:
    """The wrong one was pressed: the appointment is expected again, its number is gone.

    Only of who came to an appointment, while nobody was called, and not once a week without
    booking was ended by it. If the hour has closed since, it falls out as all others did.
    Raises VisitChanged.
    """
    now = timezone.now()
    with transaction.atomic():
        of_them = Appointment.objects.select_related("citizen", "office").filter(visit=visit)
        appointment = of_them.first()
        if appointment is None:  # who came without one has nothing to go back to
            raise VisitChanged
        lock_as_it_stands(appointment)
        if Suspension.objects.filter(cause=appointment).exists():
            raise VisitChanged
        appointment.change_status(Status.BOOKED, now)
        gone, _ = Visit.objects.filter(pk=visit.pk, state=VisitState.WAITING).delete()
        if not gone:
            raise VisitChanged
        record(Act.CHECK_IN_UNDONE, appointment, by=by, at=now, number=visit.number)
        why_closed = day_record(appointment.office_id, appointment.day).why_closed(appointment)
        if why_closed:
            displace_appointment(appointment=appointment, reason=why_closed, by=by, now=now)


def _say_what_became_of_it(appointment: Appointment, office: Office, arrived_at: datetime) -> None:
    """Between the clerk's look and the press somebody else was faster."""
    again = Appointment.objects.select_related("office__county", "visit__recorded_by")
    refuse_unless_expected(again.get(pk=appointment.pk), office, arrived_at)
    raise NotPossibleNow
