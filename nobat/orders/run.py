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
from nobat.appointments.models import Proposal, Status
from nobat.appointments.propose import propose_once_more
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.orders.scope import in_closed_hours, offices_in, touched
from nobat.schedule.closure_models import OrderState
from nobat.schedule.models import ClosureOrder
from nobat.sms.models import Kind
from nobat.sms.outbox import queue_sms

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
        told += sum(_tell_again(order, each) for each in _proposed_in_closed_hours(order))
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


def _proposed_in_closed_hours(order: ClosureOrder) -> list[int]:
    """Proposals that still wait for an answer and lie in what has closed now."""
    if order.stays:
        return []
    waiting = Proposal.objects.open().filter(
        in_closed_hours(order, "starts_at", "ends_at"),
        slot__office__in=offices_in(order),
        slot__day__range=(order.first_day, order.last_day),
        appointment__status=Status.DISPLACED,
    )
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def _tell_again(order: ClosureOrder, proposal_id: int) -> int:
    with transaction.atomic():
        found = Proposal.objects.select_related("appointment__citizen", "appointment__office")
        proposal = found.get(pk=proposal_id)
        appointment = proposal.appointment
        appointment.citizen.lock()
        proposal.refresh_from_db(
            fields=["answer", "slot"], from_queryset=Proposal.objects.select_for_update()
        )
        if proposal.answer:
            return 0
        now = timezone.now()
        propose_once_more(proposal=proposal, now=now)
        record(Act.PROPOSED, appointment, by=order.decided_by, at=now, order=order.pk)
        if proposal.slot and proposal.starts_at and proposal.held_until:
            queue_sms(
                kind=Kind.PROPOSED_AGAIN,
                to=appointment.citizen.mobile,
                about=appointment.reference,
                occasion=f"proposed_again:{appointment.reference}:{appointment.moves}:{order.pk}",
                params={
                    "office": proposal.slot.office.name,
                    "proposed_at": proposal.starts_at.isoformat(),
                    "answer_until": proposal.held_until.isoformat(),
                    "reference": appointment.reference,
                },
                not_after=proposal.held_until,
            )
    return 1


def _end(order: ClosureOrder) -> None:
    now = timezone.now()
    with transaction.atomic():
        running = ClosureOrder.objects.filter(pk=order.pk, state=OrderState.RUNNING)
        if running.update(state=OrderState.DONE, done_at=now):
            told = Proposal.objects.filter(order=order).count()
            record(Act.CLOSURE_DONE, order, by=None, at=now, told=told)
