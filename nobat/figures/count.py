"""Counting the totals of days from the rows themselves.

Each batch of counties is a short transaction of its own that locks nothing anybody else
waits for. Two who count at once take turns, so that the later one also saw the later rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from nobat.appointments import policy
from nobat.appointments.models import Status
from nobat.figures.count_sql import (
    ADD_UP_PROVINCES,
    COUNT_OFFICE_DAYS,
    COUNT_SERVICES,
    COUNT_SMS,
    COUNTED,
    MEASURE_FIRST_FREE,
    MEASURED,
    with_columns,
)
from nobat.offices.models import Office
from nobat.shared.jalali import start_of_day

# Whole counties, until they have so many offices together.
OFFICES_AT_ONCE = 50
# Whoever has the turn until its hour: the seat was nobody else's to take.
KEPT = [Status.BOOKED.value, Status.CHECKED_IN.value, Status.NO_SHOW.value, Status.EXCUSED.value]
_OFFICE_DAYS = with_columns(COUNT_OFFICE_DAYS, COUNTED)
_SERVICES = with_columns(COUNT_SERVICES, ["appointments"])
_PROVINCES = with_columns(ADD_UP_PROVINCES, COUNTED + MEASURED)
_FIRST_FREE = with_columns(MEASURE_FIRST_FREE, MEASURED)
_SMS = with_columns(COUNT_SMS, ["queued", "accepted", "given_up", "expired"])


class _Batch(NamedTuple):
    counties: list[int]
    offices: list[int]


def count_days(*, first: date, last: date) -> int:
    """Make the totals of these days what the rows say; returns how many were different.

    Counting again changes nothing. The way to the first free turn is not counted: see
    measure_first_free.
    """
    values = {"first": first, "last": last, **_moments(first, last), "kept": KEPT}
    changed = 0
    for batch in _batches():
        with _alone() as cursor:
            for statement in (_OFFICE_DAYS, _SERVICES):
                cursor.execute(statement, {**values, **batch._asdict()})
                changed += cursor.rowcount
    with _alone() as cursor:
        cursor.execute(_PROVINCES, values)
        return changed + cursor.rowcount


def measure_first_free(*, today: date) -> int:
    """How many days from today on each open office has its first free turn; once a day.

    An office that is full for as long as can be booked counts as if the next day were
    free. Returns how many were measured; count_days adds the provinces up.
    """
    first, last = policy.bookable_days(today)
    beyond = (last - today).days + 1
    with _alone() as cursor:
        cursor.execute(_FIRST_FREE, {"day": today, "beyond": beyond, **_moments(first, last)})
        return cursor.rowcount


def count_sms(*, first: date, last: date) -> int:
    """As count_days, for the SMS that were due on these days."""
    changed = 0
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        with _alone() as cursor:
            cursor.execute(_SMS, {"day": day, **_moments(day, day)})
            changed += cursor.rowcount
    return changed


def _moments(first: date, last: date) -> dict[str, Any]:
    return {"since": start_of_day(first), "until": start_of_day(last + timedelta(days=1))}


def _batches() -> Iterator[_Batch]:
    batch = _Batch([], [])
    offices = Office.objects.order_by("county", "pk").values_list("county", "pk")
    for county, office in offices:
        is_full = len(batch.offices) >= OFFICES_AT_ONCE
        if is_full and county != batch.counties[-1]:
            yield batch
            batch = _Batch([], [])
        if county not in batch.counties[-1:]:
            batch.counties.append(county)
        batch.offices.append(office)
    if batch.offices:
        yield batch


@contextmanager
def _alone() -> Iterator[CursorWrapper]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('nobat.figures', 0))")
        yield cursor
