"""Carrying out an order: everybody it touches gets one outcome, one after the other.

It can be killed at any moment and goes on: a few people are told in each transaction.
"""

import logging
import time
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from nobat.appointments.as_it_stands import lock_citizens_of
from nobat.appointments.displace import displace_locked
from nobat.appointments.models import Proposal
from nobat.appointments.renew_proposals import renew_lost_proposals
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.orders.scope import touched
from nobat.schedule.closure_models import OrderState
from nobat.schedule.models import ClosureOrder

logger = logging.getLogger(__name__)

# So that a worker that is asked to end does so soon, however many there are.
LONGEST_RUN = timedelta(seconds=5)
# Few enough that a citizen who acts meanwhile waits for a fraction of a second.
AT_ONCE = 50


def run_orders() -> int:
    """Background job: tell the next people of every order that is running; returns how many."""
    told = 0
    until = time.monotonic() + LONGEST_RUN.total_seconds()
    for order in ClosureOrder.objects.filter(state=OrderState.RUNNING).order_by("pk"):
        told += run_order(order, until)
    return told


def run_order(order: ClosureOrder, until: float) -> int:
    """Go on with this order until a moment of time.monotonic(); ends it when all are told."""
    told = 0
    failed: set[int] = set()
    while ids := _next(order, failed):
        if time.monotonic() > until or not _is_running(order):
            return told
        told += _tell(order, ids, failed)
    if not failed:
        told += renew_lost_proposals()
        _end(order)
    return told


def _next(order: ClosureOrder, failed: set[int]) -> list[int]:
    """Whose hour comes first is told first."""
    standing = touched(order).exclude(pk__in=failed).order_by("starts_at", "booked_at", "pk")
    return list(standing.values_list("pk", flat=True)[:AT_ONCE])


def _tell(order: ClosureOrder, appointment_ids: list[int], failed: set[int]) -> int:
    """One person who cannot be told now must not keep the news from all the others."""
    try:
        return _displace(order, appointment_ids)
    except Exception as problem:
        if len(appointment_ids) > 1:
            return sum(_tell(order, [each], failed) for each in appointment_ids)
        (unlucky,) = appointment_ids
        logger.error("Order %d, appointment %d: %s", order.pk, unlucky, type(problem).__name__)
        failed.add(unlucky)
        return 0


def _displace(order: ClosureOrder, appointment_ids: list[int]) -> int:
    """All or nothing; how many of them still stood in what closed.

    Locks are taken in the order order, persons, appointments, slots, each by id. The order
    is first, so that lifting it waits, or has ended this.
    """
    with transaction.atomic():
        locked = ClosureOrder.objects.select_for_update(no_key=True)
        if not locked.filter(pk=order.pk, state=OrderState.RUNNING).exists():
            return 0
        lock_citizens_of(appointment_ids)
        standing = touched(order).filter(pk__in=appointment_ids)
        # Read after the locks: until now somebody may have moved, deleted or come.
        appointments = standing.select_related("citizen", "office").order_by("pk")
        found = list(appointments.select_for_update(of=["self"], no_key=True))
        if found:
            displace_locked(
                appointments=found,
                reason=order.reason,
                by=order.decided_by,
                order=order,
                now=timezone.now(),
            )
    return len(found)


def _is_running(order: ClosureOrder) -> bool:
    return ClosureOrder.objects.filter(pk=order.pk, state=OrderState.RUNNING).exists()


def _end(order: ClosureOrder) -> None:
    now = timezone.now()
    with transaction.atomic():
        running = ClosureOrder.objects.filter(pk=order.pk, state=OrderState.RUNNING)
        if running.update(state=OrderState.DONE, done_at=now):
            told = Proposal.objects.filter(order=order).count()
            record(Act.CLOSURE_DONE, order, by=None, at=now, told=told)
