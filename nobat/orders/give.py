"""The association closes offices: from this moment on nobody books there."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from nobat.appointments.close import LookAgain
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.orders.scope import Seen, offices_in, seen_now
from nobat.schedule.closures import DayIsOver, HoursTurnedRound, NoReason
from nobat.schedule.models import ClosureOrder, span_of
from nobat.schedule.publish import OFFICES_AT_ONCE, days_ahead, lock_schedules, publish_days
from nobat.shared.rules import RuleBroken

LONGEST = 60  # days
_CLOSE = """
INSERT INTO schedule_closure (office_id, day, from_hour, until_hour, stays, reason, order_id)
SELECT office_id, day, %(from_hour)s, %(until_hour)s, %(stays)s, %(reason)s, %(order)s
FROM unnest(%(offices)s::bigint[]) AS office_id CROSS JOIN unnest(%(days)s::date[]) AS day
"""


class NothingCloses(RuleBroken):
    message = (
        "با این انتخاب هیچ دفتری بسته نمی‌شود. شاید همه جزو استثناها هستند. جاها را دوباره ببینید."
    )


class TooLong(RuleBroken):
    message = "یک دستور تعطیلی تا ۶۰ روز است. روز پایان را نزدیک‌تر بگذارید یا دستور دیگری هم بدهید."


def give_order(*, order: ClosureOrder, seen: str) -> ClosureOrder:
    """Write down an order that is not in the database yet, and close its seats at once.

    All or nothing, in one transaction; run.py then tells everybody, one after the other.
    The same `key` again gives the order that there is. `seen` is the version of what the
    preview showed (scope.py). Raises LookAgain if more people are touched than somebody
    has looked at, DayIsOver, HoursTurnedRound, NoReason, TooLong or NothingCloses.
    """
    now = timezone.now()
    refuse_impossible_order(order, now)
    try:
        return _give(order, seen, now)
    except RuleBroken:
        order.pk = None  # it is not in the database, and may be looked at again
        raise


def _give(order: ClosureOrder, seen: str, now: datetime) -> ClosureOrder:
    with transaction.atomic():
        office_ids = list(offices_in(order).order_by("pk").values_list("pk", flat=True))
        lock_schedules(office_ids)
        # Under the locks, so that the second of two presses finds the first.
        known = ClosureOrder.objects.filter(key=order.key).first()
        if known:
            return known
        order.decided_at = now
        order.save(force_insert=True)
        _close(order, office_ids)
        publish_all(office_ids, order, now)
        # Read after the seats were closed: from here on the list can only become shorter.
        is_now = seen_now(order, now)
        looked_at = Seen.read(seen, is_now)
        if looked_at is None or not looked_at.is_still(is_now):
            raise LookAgain
        ClosureOrder.objects.filter(pk=order.pk).update(affected=is_now.appointments)
        order.affected = is_now.appointments
        _write_down(order, len(office_ids), now)
    return order


def refuse_impossible_order(order: ClosureOrder, now: datetime) -> None:
    """What give_order would refuse at first sight."""
    if (order.from_hour is None) != (order.until_hour is None) or order.last_day < order.first_day:
        raise HoursTurnedRound
    if order.from_hour and order.until_hour and order.until_hour <= order.from_hour:
        raise HoursTurnedRound
    if span_of(order.first_day, order.from_hour, order.until_hour)[1] <= now:
        raise DayIsOver
    if len(order.days) > LONGEST:
        raise TooLong
    if not order.reason:
        raise NoReason
    if not offices_in(order).exists():
        raise NothingCloses


def publish_all(office_ids: Iterable[int], order: ClosureOrder, now: datetime) -> None:
    """The slots of these offices on the days of the order become what the schedule says."""
    ahead = days_ahead(now)
    days = [day for day in order.days if ahead[0] <= day <= ahead[-1]]
    ids = list(office_ids)
    if not days:
        return
    for start in range(0, len(ids), OFFICES_AT_ONCE):
        publish_days(office_ids=ids[start : start + OFFICES_AT_ONCE], days=days)


def _close(order: ClosureOrder, office_ids: list[int]) -> None:
    values: dict[str, Any] = {
        "from_hour": order.from_hour,
        "until_hour": order.until_hour,
        "stays": order.stays,
        "reason": order.reason,
        "order": order.pk,
        "offices": office_ids,
        "days": order.days,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, values)


def _write_down(order: ClosureOrder, offices: int, now: datetime) -> None:
    record(
        Act.CLOSURE_ORDERED,
        order,
        by=order.decided_by,
        at=now,
        first_day=order.first_day.isoformat(),
        last_day=order.last_day.isoformat(),
        offices=offices,
        appointments=order.affected,
        reason=order.reason,
        letter=order.letter,
    )
