"""The working day of an office has ended: what becomes of those who did not come."""

from contextlib import suppress
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.as_it_stands import lock_as_it_stands
from nobat.appointments.displace import displace_appointment
from nobat.appointments.excuse import spare_from_no_show
from nobat.appointments.models import Appointment, NotPossibleNow, Status
from nobat.appointments.no_show import mark_no_show
from nobat.schedule.publish import lock_schedules
from nobat.shared.jalali import tehran_day
from nobat.visits.day_record import DayRecord, day_record
from nobat.visits.question import ask_about_day

# Days of offices that still have somebody to decide about. A day that waits for its answer
# is left alone until something new is known of it.
_FINISHED_DAYS = """
SELECT DISTINCT a.day, a.office_id
FROM appointments_appointment a
CROSS JOIN LATERAL (
    SELECT %(now)s - make_interval(mins => rule_on(
        'grace_after_last_turn', a.day, %(grace_minutes)s)) AS last_turn_by) d
WHERE a.status = %(booked)s AND a.ends_at <= %(now)s AND a.ends_at <= d.last_turn_by
  AND NOT EXISTS (
    SELECT FROM schedule_slot s
    WHERE s.office_id = a.office_id AND s.day = a.day AND (s.offered > 0 OR s.taken > 0)
      AND s.starts_at >= a.starts_at AND s.starts_at < a.starts_at + interval '1 day'
      AND s.ends_at > d.last_turn_by)
  AND NOT EXISTS (
    SELECT FROM visits_officeday o
    WHERE o.office_id = a.office_id AND o.day = a.day
      AND o.questioned_at IS NOT NULL AND o.answer = '' AND o.day >= %(oldest)s
      AND NOT EXISTS (
        SELECT FROM visits_visit v WHERE v.office_id = o.office_id AND v.day = o.day)
      AND NOT EXISTS (
        SELECT FROM visits_outage u
        WHERE u.office_id = o.office_id AND u.noted_at > o.questioned_at
          AND u.starts_at < a.ends_at AND u.ends_at > a.starts_at))
ORDER BY a.day, a.office_id
"""


class FinishedDay(NamedTuple):
    day: date
    office_id: int


def close_finished_days(now: datetime | None = None) -> int:
    """Background job: decide about everybody who had a turn and was not checked in.

    An office's day is finished some time after its last turn. Each decision is a short
    transaction of its own: a worker may be killed after any of them, two may be at it at
    once, and it may be done the next morning. Returns how many decisions there were;
    a question to an office is one. `now` moves the clock.
    """
    return sum(_close(finished, now) for finished in _finished_days(now or timezone.now()))


def _finished_days(now: datetime) -> list[FinishedDay]:
    values: dict[str, Any] = {
        "booked": Status.BOOKED.value,
        "now": now,
        "grace_minutes": policy.GRACE_AFTER_LAST_TURN // policy.MINUTE,
        "oldest": tehran_day(now) - policy.CAN_STILL_BE_ANSWERED,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FINISHED_DAYS, values)
        return [FinishedDay(*row) for row in cursor.fetchall()]


def _close(finished: FinishedDay, now: datetime | None) -> int:
    standing = Appointment.objects.filter(
        office=finished.office_id, day=finished.day, status=Status.BOOKED
    )
    found = list(standing.select_related("citizen", "office").order_by("starts_at", "pk"))
    return sum(_decide(appointment, finished, now) for appointment in found)


def _decide(appointment: Appointment, finished: FinishedDay, now: datetime | None) -> bool:
    """Whether there was something to do. Locks: office, person, appointment, slots."""
    with suppress(NotPossibleNow), transaction.atomic():
        # Whoever closes hours or records an outage at this moment is waited for.
        lock_schedules([finished.office_id])
        lock_as_it_stands(appointment)
        if (appointment.day, appointment.office_id) != finished:
            return False  # moved meanwhile
        record = day_record(finished.office_id, finished.day)
        return _act(appointment, record, now)
    return False


def _act(appointment: Appointment, record: DayRecord, now: datetime | None) -> bool:
    moment = now or timezone.now()
    why_closed = record.why_closed(appointment)
    why_excused = record.why_excused(appointment, tehran_day(moment))
    if why_closed:
        displace_appointment(appointment=appointment, reason=why_closed, by=None, now=now)
    elif why_excused:
        spare_from_no_show(appointment=appointment, reason=why_excused, by=None, now=now)
    elif record.is_unclear:
        return not record.is_questioned and ask_about_day(
            office=appointment.office, day=record.day, now=moment
        )
    else:
        mark_no_show(appointment=appointment, now=now)
    return True
