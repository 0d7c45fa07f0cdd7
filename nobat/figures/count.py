"""Counting the totals of days from the rows themselves.

Some days at a time, each in a short transaction that locks nothing anybody else waits for.
Two who count at once take turns, so that the later one also saw the later rows.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.models import Status
from nobat.figures.count_sql import (
    ADD_UP_PROVINCES,
    COUNT_BOOKED,
    COUNT_OFFICE_DAYS,
    COUNT_SERVICES,
    COUNT_SMS,
    COUNTED,
    MEASURE_FIRST_FREE,
    MEASURED,
    SMS_COUNTED,
    with_columns,
)
from nobat.figures.month import ONE_DAY
from nobat.offices.models import Office
from nobat.shared.jalali import start_of_day, tehran_day
from nobat.sms.forget import KEPT_FOR

# Rows of a day lie together: each page of the tables is then read once, however long the span.
DAYS_AT_ONCE = timedelta(days=7)
# Whoever has the turn until its hour: the seat was nobody else's to take.
KEPT = [Status.BOOKED.value, Status.CHECKED_IN.value, Status.NO_SHOW.value, Status.EXCUSED.value]
_OFFICE_DAYS = with_columns(COUNT_OFFICE_DAYS, COUNTED)
_BOOKED = with_columns(COUNT_BOOKED, ["booked"])
_SERVICES = with_columns(COUNT_SERVICES, ["appointments"])
_PROVINCES = with_columns(ADD_UP_PROVINCES, [*COUNTED, "booked", *MEASURED])
_FIRST_FREE = with_columns(MEASURE_FIRST_FREE, MEASURED)
_SMS = with_columns(COUNT_SMS, SMS_COUNTED)


def count_days(*, first: date, last: date) -> int:
    """Make the totals of these days what the rows say; returns how many were different.

    Counting again changes nothing. Days whose turns are forgotten keep their totals. The way
    to the first free turn is not counted: see measure_first_free.
    """
    first = max(first, tehran_day(timezone.now() - settings.KEPT.appointments))
    offices = list(Office.objects.order_by("pk").values_list("pk", flat=True))
    changed = 0
    for begin, end in _some_days_at_a_time(first, last):
        values = {**_span(begin, end), "offices": offices, "kept": KEPT}
        changed += _run([_OFFICE_DAYS, _SERVICES], values)
    changed += _run([_BOOKED], {**_span(first, last), "offices": offices})
    return changed + _run([_PROVINCES], _span(first, last))


def measure_first_free(*, today: date) -> int:
    """How many days from today on each open office has its first free turn; once a day.

    An office that is full for as long as can be booked counts as if the next day were
    free. Returns how many were measured; count_days adds the provinces up.
    """
    first, last = policy.bookable_days(today)
    beyond = (last - today).days + 1
    values = {"day": today, "beyond": beyond, "now": timezone.now(), **_span(first, last)}
    return _run([_FIRST_FREE], values)


def count_sms(*, first: date, last: date) -> int:
    """As count_days, for the SMS that were due on these days.

    Days of which the ledger has forgotten messages keep the totals that they have.
    """
    first = max(first, tehran_day(timezone.now() - KEPT_FOR) + ONE_DAY)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return sum(_run([_SMS], {"day": day, **_span(day, day)}) for day in days)


def _some_days_at_a_time(first: date, last: date) -> Iterator[tuple[date, date]]:
    while first <= last:
        yield first, min(first + DAYS_AT_ONCE - ONE_DAY, last)
        first += DAYS_AT_ONCE


def _span(first: date, last: date) -> dict[str, Any]:
    moments = {"since": start_of_day(first), "until": start_of_day(last + ONE_DAY)}
    return {"first": first, "last": last, **moments}


def _run(statements: list[str], values: dict[str, Any]) -> int:
    """All of them at one moment, alone among those who count; how many totals changed."""
    changed = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('nobat.figures', 0))")
        for statement in statements:
            cursor.execute(statement, values)
            changed += cursor.rowcount
    return changed
