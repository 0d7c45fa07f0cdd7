"""How sending goes just now, for whoever watches over it: every number from an index."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Min, QuerySet

from nobat.shared.jalali import tehran_day
from nobat.sms.gateways import gateways_in_use
from nobat.sms.lanes import Lane
from nobat.sms.models import Alarm, DaySpending, Gateway, OutgoingSms, State


class LaneNow(NamedTuple):
    lane: Lane
    waiting: int
    due_since: datetime | None  # of the oldest that could go; none: nothing is late
    parts: int  # that went today


class SentSince(NamedTuple):
    """Of the messages that were queued since some moment."""

    all: int
    accepted: int  # by a provider
    by_state: Counter[str]


def open_alarms() -> QuerySet[Alarm]:
    return Alarm.objects.filter(ended_at=None).order_by("raised_at", "pk")


def gateways_now() -> list[Gateway]:
    """Those in use, in their order, as the workers have found them."""
    names = [gateway.name for gateway in gateways_in_use()]
    known = Gateway.objects.in_bulk(names)
    return [known.get(name) or Gateway(name=name) for name in names]


def lanes_now(now: datetime) -> list[LaneNow]:
    """The most urgent first."""
    queue = OutgoingSms.objects.filter(state=State.WAITING).values_list("lane")
    waiting = {lane: rest for lane, *rest in queue.annotate(Count("pk"), Min("next_try_at"))}
    spending = DaySpending.objects.filter(day=tehran_day(now))
    parts = dict(spending.values_list("lane", "parts"))
    found = []
    for lane in Lane:
        number, due = waiting.get(lane, (0, None))
        is_due = due is not None and due <= now
        found.append(LaneNow(lane, number, due if is_due else None, parts.get(lane, 0)))
    return found


def sent_since(moment: datetime) -> SentSince:
    """Read by the index on the moment of queueing, which is as small as the stretch is short."""
    since = OutgoingSms.objects.filter(queued_at__gt=moment)
    rows = list(since.values_list("state").annotate(Count("pk"), Count("sent_at")))
    by_state = Counter({state: number for state, number, _ in rows})
    return SentSince(by_state.total(), sum(sent for *_, sent in rows), by_state)
