"""The first free hour of each office."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from nobat.offices.models import Office, OfficeQuerySet
from nobat.schedule.models import Slot
from nobat.shared.jalali import start_of_day
from nobat.shared.prepared import prepared_cursor

# One step into the index of open slots for each office, however many days are published.
_FIRST_FREE = """
SELECT asked.id, free.starts_at FROM unnest(%(offices)s::bigint[]) AS asked (id)
CROSS JOIN LATERAL (
    SELECT s.starts_at FROM schedule_slot s
    WHERE s.office_id = asked.id AND s.is_open
      AND s.starts_at >= %(since)s AND s.starts_at < %(until)s
      AND (s.held_until IS NULL OR s.held_until <= %(now)s
          OR s.taken + seats_held(s.id, %(now)s, NULL) < s.offered)
    ORDER BY s.starts_at LIMIT 1
) free
"""
# Offices that are looked at for each one wanted; most have a free hour somewhere.
_AT_FIRST = 4
_MORE_EACH_TIME = 4


def first_free_hours(office_ids: Iterable[int], *, first: date, last: date) -> dict[int, datetime]:
    """When the first free turn of these days begins, of each office that has one; one statement."""
    values: dict[str, Any] = {
        "offices": list(office_ids),
        "since": start_of_day(first),
        "until": start_of_day(last + timedelta(days=1)),
        "now": timezone.now(),
    }
    with prepared_cursor() as cursor:
        cursor.execute(_FIRST_FREE, values)
        return dict(cursor.fetchall())


def with_first_free(offices: OfficeQuerySet, *, first: date, last: date) -> OfficeQuerySet:
    """Each office with `first_free_at`: when its first free turn of these days begins, or None."""
    return offices.annotate(first_free_at=_first_free(first, last))


def some_with_first_free(
    offices: OfficeQuerySet, *, start: int, count: int, first: date, last: date
) -> list[Office]:
    """The same of `count` of these ordered offices, after the first `start` of them.

    One statement. No other office's slots are looked at.
    """
    if start:
        # The database would compute what it skips: so it is told first which ones to show.
        offices = offices.filter(pk__in=offices.values("pk")[start : start + count])
    return list(with_first_free(offices, first=first, last=last)[:count])


def nearest_with_free(
    offices: OfficeQuerySet, *, count: int, first: date, last: date
) -> list[Office]:
    """The first `count` of these ordered offices that have a free turn, with `first_free_at`.

    One statement while one in four is free; where all are full, the steps grow quickly.
    """
    found: list[Office] = []
    start, size = 0, count * _AT_FIRST
    while len(found) < count:
        looked_at = some_with_first_free(offices, start=start, count=size, first=first, last=last)
        found += [each for each in looked_at if each.first_free_at]  # type: ignore[attr-defined]
        if len(looked_at) < size:
            break
        start, size = start + size, size * _MORE_EACH_TIME
    return found[:count]


def _first_free(first: date, last: date) -> Subquery:
    # One step into the index of open slots for each office that is shown, however many
    # days are published; min() over them was measured at thirteen times the cost.
    free = Slot.objects.free().filter(
        office=OuterRef("pk"),
        starts_at__gte=start_of_day(first),
        starts_at__lt=start_of_day(last + timedelta(days=1)),
    )
    return Subquery(free.order_by("starts_at").values("starts_at")[:1])
