"""Alarms about messages as a whole: the day's budget, the queue, how many arrive."""

from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from nobat.sms import budget
from nobat.sms.alarm import set_alarm
from nobat.sms.lanes import Lane
from nobat.sms.models import OutgoingSms, State, Trouble

# How long the oldest message of a lane may be due before somebody must know.
LATE_AFTER = {
    Lane.CODES: timedelta(seconds=30),
    Lane.BOOKINGS: timedelta(minutes=5),
    Lane.NOTICES: timedelta(minutes=15),
    Lane.REMINDERS: timedelta(hours=2),
}
# Messages taken in these hours must have been reported by now, if enough of them were.
LOOKED_AT = timedelta(hours=3), timedelta(minutes=30)
FEWEST_LOOKED_AT = 50
LEAST_DELIVERED = 0.7


def watch_messages() -> int:
    """Background job: raise and end the alarms; returns how many things are wrong."""
    now = timezone.now()
    wrong = {
        Trouble.BUDGET_SPENT: budget.is_spent(now),
        Trouble.BUDGET_NEAR: budget.is_nearly_spent(now) and not budget.is_spent(now),
        Trouble.QUEUE_LATE: any(_is_late(lane, now) for lane in Lane),
        Trouble.DELIVERY_FELL: _delivery_fell(now),
    }
    for trouble, is_so in wrong.items():
        set_alarm(trouble, while_true=is_so)
    return sum(wrong.values())


def _is_late(lane: Lane, now: datetime) -> bool:
    if budget.rests_today(lane, now):
        return False
    due = OutgoingSms.objects.filter(state=State.WAITING, lane=lane)
    return due.filter(next_try_at__lt=now - LATE_AFTER[lane], not_after__gt=now).exists()


def delivered_share(now: datetime) -> float | None:
    """Of the messages taken some while ago, how many arrived; none: too few to say."""
    since, until = (now - ago for ago in LOOKED_AT)
    taken = OutgoingSms.objects.filter(queued_at__gt=since, queued_at__lt=until).exclude(
        sent_at=None
    )
    counts = taken.aggregate(all=Count("pk"), arrived=Count("pk", filter=Q(state=State.DELIVERED)))
    return counts["arrived"] / counts["all"] if counts["all"] >= FEWEST_LOOKED_AT else None


def _delivery_fell(now: datetime) -> bool:
    share = delivered_share(now)
    return share is not None and share < LEAST_DELIVERED
