"""What a day's messages may take, in parts as operators count them: SMS_PARTS_PER_DAY.

From four fifths on there is an alarm. Once all is spent, what an appointment depends on
still goes; reminders rest until tomorrow, and every code wants the security code first
(people/codes.py), so that nobody can make us spend by asking for codes.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Sum

from nobat.shared.jalali import tehran_day
from nobat.sms.lanes import Lane
from nobat.sms.models import DaySpending

NEAR = 0.8

_COUNT = """
INSERT INTO sms_dayspending AS s (day, lane, messages, parts, cost)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (day, lane) DO UPDATE SET messages = s.messages + excluded.messages,
    parts = s.parts + excluded.parts, cost = s.cost + excluded.cost
"""


def count_spending(sent: Iterable[tuple[int, int, int | None]], now: datetime) -> None:
    """Lane, parts and cost (rials, if known) of messages that a provider took."""
    of_lane: dict[int, list[int]] = {}
    for lane, parts, cost in sent:
        sums = of_lane.setdefault(lane, [0, 0, 0])
        sums[:] = sums[0] + 1, sums[1] + parts, sums[2] + (cost or 0)
    # In the order of lanes everywhere, so that no two transactions wait for each other.
    day: Any = tehran_day(now)
    rows = [[day, lane, *sums] for lane, sums in sorted(of_lane.items())]
    with connection.cursor() as cursor:
        cursor.executemany(_COUNT, rows)


def spent(now: datetime) -> int:
    """Parts of this day in Tehran so far."""
    of_day = DaySpending.objects.filter(day=tehran_day(now))
    return of_day.aggregate(parts=Sum("parts"))["parts"] or 0


def is_nearly_spent(now: datetime) -> bool:
    most = settings.SMS_PARTS_PER_DAY
    return bool(most) and spent(now) >= NEAR * most


def is_spent(now: datetime) -> bool:
    """Never without a budget."""
    most = settings.SMS_PARTS_PER_DAY
    return bool(most) and spent(now) >= most


def rests_today(lane: Lane, now: datetime) -> bool:
    """Whether messages of this lane wait for another day."""
    return lane == Lane.REMINDERS and is_spent(now)
