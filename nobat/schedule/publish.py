"""Weekly hours, minus holidays and closures, become slots that can be booked."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from nobat.offices.models import Office, OfficeStatus
from nobat.schedule.holidays import import_holidays_ahead
from nobat.schedule.publish_sql import ADD_SLOTS, CHANGE_SLOTS, LOCK_SLOTS
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
        cursor.execute(LOCK_SLOTS, values)
        values["locked"] = [slot_id for (slot_id,) in cursor.fetchall()]
        # A new statement sees what was committed while we waited for the locks.
        cursor.execute(CHANGE_SLOTS, values)
        changed = cursor.rowcount
        cursor.execute(ADD_SLOTS, values)
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
