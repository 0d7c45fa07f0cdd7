"""What a holiday that comes or goes does to the slots of all offices."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from nobat.offices.models import Office, OfficeStatus
from nobat.schedule.publish import OFFICES_AT_ONCE, days_ahead, publish_days
from nobat.shared.jalali import weekday


class Room(NamedTuple):
    """What offices have on a day by their weekly hours."""

    offices: int
    turns: int
    seats: int


def shut_on(day: date, now: datetime) -> None:
    """The slots of a day that has become a holiday are offered to nobody.

    In the caller's transaction, for all offices at once: from its end on nobody can come
    to stand in that day. Whoever books one of its hours meanwhile waits for it.
    """
    if day in days_ahead(now):
        publish_days(office_ids=_open_offices(), days=[day])


def open_again(day: date, now: datetime) -> None:
    """The slots of a day that is no holiday any more are back, as the weekly hours say.

    Some offices at a time; if it is cut short, the hourly publishing does the rest.
    """
    if day not in days_ahead(now):
        return
    offices = _open_offices()
    for start in range(0, len(offices), OFFICES_AT_ONCE):
        publish_days(office_ids=offices[start : start + OFFICES_AT_ONCE], days=[day])


def room_on(day: date) -> Room:
    """By the weekly hours of open offices, without those that closed the whole day."""
    values: dict[str, Any] = {"day": day, "weekday": weekday(day), "open": OfficeStatus.OPEN.value}
    with connection.cursor() as cursor:
        cursor.execute(_ROOM, values)
        return Room(*cursor.fetchone())


def _open_offices() -> list[int]:
    return list(Office.objects.open().order_by("pk").values_list("pk", flat=True))


_ROOM = """
SELECT count(DISTINCT h.office_id), coalesce(sum(t.turns), 0), coalesce(sum(t.turns * h.seats), 0)
FROM schedule_weeklyhours h
JOIN offices_office o ON o.id = h.office_id AND o.status = %(open)s
CROSS JOIN LATERAL (
    SELECT floor(extract(epoch FROM h.closes_at - h.opens_at) / 60 / h.minutes)::int AS turns) t
WHERE h.weekday = %(weekday)s
  AND h.valid_from = (
    SELECT max(v.valid_from) FROM schedule_weeklyhours v
    WHERE v.office_id = h.office_id AND v.valid_from <= %(day)s)
  AND NOT EXISTS (
    SELECT FROM schedule_closure c
    WHERE c.office_id = h.office_id AND c.day = %(day)s AND c.from_hour IS NULL)
"""
