"""Weekly hours, minus holidays and closures, become slots that can be booked."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from nobat.offices.models import Office, OfficeStatus
from nobat.schedule.holidays import import_holidays_ahead
from nobat.shared.jalali import TEHRAN, start_of_day, tehran_day

# Some days more than can be booked: the next day is there when midnight opens it, and a
# worker may stand still over a long weekend before anybody notices.
PUBLISHED_AHEAD = timedelta(days=35)
# Few enough that a citizen who meets a locked slot waits for a fraction of a second.
OFFICES_AT_ONCE = 50


class Published(NamedTuple):
    added: int
    changed: int

    def __add__(self, other: object) -> "Published":
        if not isinstance(other, Published):
            return NotImplemented
        return Published(self.added + other.added, self.changed + other.changed)


def publish_slots_ahead() -> int:
    """Background job: keep the slots of all open offices ahead of the calendar."""
    import_holidays_ahead()
    published = publish_slots()
    return published.added + published.changed


def publish_slots(
    *,
    ahead: timedelta = PUBLISHED_AHEAD,
    after_each_batch: Callable[[int], None] = lambda offices: None,
) -> Published:
    """Make the slots of all open offices, from tomorrow on, what their hours say.

    Running it again changes nothing. `after_each_batch` hears of how many offices each
    of the short transactions was.
    """
    days = days_ahead(timezone.now(), ahead)
    office_ids = list(Office.objects.open().order_by("pk").values_list("pk", flat=True))
    published = Published(0, 0)
    for start in range(0, len(office_ids), OFFICES_AT_ONCE):
        batch = office_ids[start : start + OFFICES_AT_ONCE]
        published += publish_days(office_ids=batch, days=days)
        after_each_batch(len(batch))
    return published


def days_ahead(now: datetime, ahead: timedelta = PUBLISHED_AHEAD) -> list[date]:
    """The days that have slots: from tomorrow on, because today is settled."""
    today = tehran_day(now)
    return [today + timedelta(days=number + 1) for number in range(ahead.days)]


def publish_days(*, office_ids: Sequence[int], days: Sequence[date]) -> Published:
    """Make these offices' slots on these days what hours, holidays and closures say.

    The days follow each other. A taken seat is never lost: a slot that is no longer in
    the schedule is offered to nobody, but keeps its times as long as somebody holds a
    seat in it. Meanwhile the new slots that it overlaps offer so many seats less, so that
    no desk is promised twice. Rows are never deleted: past appointments point at them.

    Offices are locked first and slots in the order of their ids, so that two publishers
    take turns, and none waits in a circle with somebody who is booking.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        values = _values(lock_schedules(office_ids), days)
        cursor.execute(_LOCK_SLOTS, values)
        values["locked"] = [slot_id for (slot_id,) in cursor.fetchall()]
        # A new statement sees what was committed while we waited for the locks.
        cursor.execute(_CHANGE_SLOTS, values)
        changed = cursor.rowcount
        cursor.execute(_ADD_SLOTS, values)
        return Published(added=cursor.rowcount, changed=changed)


def lock_schedules(office_ids: Sequence[int]) -> list[int]:
    """Until the transaction ends, nobody else changes or publishes these offices' hours.

    Returns those that are open.
    """
    offices = Office.objects.select_for_update(no_key=True).filter(pk__in=office_ids)
    locked = offices.order_by("pk").values_list("pk", "status")
    return [pk for pk, status in locked if status == OfficeStatus.OPEN]


def _values(office_ids: Sequence[int], days: Sequence[date]) -> dict[str, Any]:
    return {
        "offices": list(office_ids),
        "days": list(days),
        # Not the database's own time zones: an old server still thinks that Iran has
        # summer time. Noon, because the clock was always changed at midnight.
        "utc_offsets": [datetime.combine(day, time(12), TEHRAN).utcoffset() for day in days],
        "since": start_of_day(days[0]),
        "until": start_of_day(days[-1] + timedelta(days=1)),
    }


# ---------------------------------------------------------------- the statements

# wanted: what the schedule says; a turn that lies only in part in closed hours is closed,
# and one of which a share stays open has its seats, but offers only that share of them.
# leftover: slots in which somebody holds a seat, but which the schedule does not contain.
# plan: wanted, each with as many seats as leftovers leave it.
_PLAN = """
WITH days AS (
    SELECT d.day, d.utc_offset
    FROM unnest(%(days)s::date[], %(utc_offsets)s::interval[]) AS d (day, utc_offset)
    WHERE NOT EXISTS (SELECT FROM schedule_holiday h WHERE h.day = d.day)
), stretch AS (
    SELECT h.office_id, d.day, d.utc_offset, h.seats, make_interval(mins => h.minutes) AS length,
        (d.day + h.opens_at - d.utc_offset) AT TIME ZONE 'UTC' AS opens_at,
        floor(extract(epoch FROM h.closes_at - h.opens_at) / 60 / h.minutes)::int AS turns
    FROM days d
    JOIN schedule_weeklyhours h ON h.weekday = (extract(isodow FROM d.day)::int + 1) %% 7
    WHERE h.office_id = ANY (%(offices)s)
      AND h.valid_from = (
        SELECT max(v.valid_from) FROM schedule_weeklyhours v
        WHERE v.office_id = h.office_id AND v.valid_from <= d.day)
), turn AS (
    SELECT t.office_id, t.day, t.utc_offset, t.seats,
        t.opens_at + (number - 1) * t.length AS starts_at, t.opens_at + number * t.length AS ends_at
    FROM stretch t CROSS JOIN generate_series(1, t.turns) AS number
), wanted AS (
    SELECT t.office_id, t.day, t.starts_at, t.ends_at, t.seats,
        ceil(t.seats * coalesce(shut.stays, 100) / 100.0)::int AS staying
    FROM turn t CROSS JOIN LATERAL (
        SELECT min(c.stays) AS stays FROM schedule_closure c
        WHERE c.office_id = t.office_id AND c.day = t.day AND (
            c.from_hour IS NULL
            OR (c.day + c.from_hour - t.utc_offset) AT TIME ZONE 'UTC' < t.ends_at
                AND (c.day + c.until_hour - t.utc_offset) AT TIME ZONE 'UTC' > t.starts_at)
    ) shut
    WHERE shut.stays IS DISTINCT FROM 0
), existing AS (
    SELECT s.* FROM schedule_slot s
    WHERE s.office_id = ANY (%(offices)s)
      AND s.starts_at >= %(since)s AND s.starts_at < %(until)s
), leftover AS (
    SELECT s.office_id, s.starts_at, s.ends_at, s.taken
    FROM existing s LEFT JOIN wanted w USING (office_id, starts_at, ends_at)
    WHERE s.taken > 0 AND w.seats IS NULL
), kept_for_others AS (
    SELECT w.office_id, w.starts_at, sum(l.taken) AS seats
    FROM wanted w JOIN leftover l ON l.office_id = w.office_id
        AND l.starts_at < w.ends_at AND l.ends_at > w.starts_at
    GROUP BY w.office_id, w.starts_at
), plan AS (
    SELECT w.*, greatest(w.staying - coalesce(k.seats, 0), 0) AS offered
    FROM wanted w LEFT JOIN kept_for_others k USING (office_id, starts_at)
)
"""


def _with_plan(statement: str) -> str:
    return _PLAN + statement


# Only what differs: locking a row is writing to it.
_LOCK_SLOTS = _with_plan("""
SELECT s.id FROM schedule_slot s
WHERE s.id IN (
    SELECT e.id FROM existing e LEFT JOIN plan p USING (office_id, starts_at)
    WHERE CASE
        WHEN p.seats IS NULL OR p.ends_at <> e.ends_at AND e.taken > 0 THEN e.offered > 0
        ELSE p.ends_at <> e.ends_at OR p.offered <> e.offered
            OR greatest(p.seats, e.taken) <> e.capacity
    END)
ORDER BY s.id FOR NO KEY UPDATE OF s
""")

_CHANGE_SLOTS = _with_plan("""
UPDATE schedule_slot s SET
    ends_at = coalesce(p.ends_at, s.ends_at),
    capacity = greatest(coalesce(p.seats, s.capacity), s.taken),
    offered = coalesce(p.offered, 0)
FROM existing e LEFT JOIN plan p ON p.office_id = e.office_id
    AND p.starts_at = e.starts_at AND (p.ends_at = e.ends_at OR e.taken = 0)
WHERE s.id = e.id AND s.id = ANY (%(locked)s)
""")

_ADD_SLOTS = _with_plan("""
INSERT INTO schedule_slot (office_id, day, starts_at, ends_at, capacity, offered, taken)
SELECT p.office_id, p.day, p.starts_at, p.ends_at, p.seats, p.offered, 0
FROM plan p
WHERE NOT EXISTS (
    SELECT FROM schedule_slot s
    WHERE s.office_id = p.office_id AND s.starts_at = p.starts_at)
ORDER BY p.office_id, p.starts_at
ON CONFLICT (office_id, starts_at) DO NOTHING
""")
