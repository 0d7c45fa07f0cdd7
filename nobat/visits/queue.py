"""Who is next: the order of those who are here.

First come those whose hour has come, by their hours; then those without an appointment, by
their arrival; who is here before their hour waits for it, unless nobody else does.
"""

from collections.abc import Iterable
from datetime import datetime

from nobat.visits.models import Visit

HOUR_HAS_COME, WITHOUT_HOUR, BEFORE_HOUR = range(3)


def in_order(waiting: Iterable[Visit], now: datetime) -> list[Visit]:
    """Those who wait, the next one first."""
    return sorted(waiting, key=lambda visit: _place(visit, now))


def _place(visit: Visit, now: datetime) -> tuple[int, datetime, int]:
    if visit.hour is None:
        return WITHOUT_HOUR, visit.arrived_at, visit.number
    return BEFORE_HOUR if visit.hour > now else HOUR_HAS_COME, visit.hour, visit.number
