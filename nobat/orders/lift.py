"""Lifting an order: seats that nobody was displaced from, and all others, are given again."""

from django.db import transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.orders.give import publish_all
from nobat.people.models import Person
from nobat.schedule.closure_models import OrderState
from nobat.schedule.models import Closure, ClosureOrder
from nobat.schedule.publish import lock_schedules
from nobat.shared.jalali import tehran_day
from nobat.shared.rules import RuleBroken


class LiftedAlready(RuleBroken):
    message = "این دستور پیش‌تر برداشته شده است. چیز دیگری لازم نیست."


class OverAlready(RuleBroken):
    message = "روزهای این دستور گذشته است و دیگر چیزی برای باز کردن نمانده است."


def lift_order(*, order: ClosureOrder, by: Person) -> None:
    """From today on the hours are open again, as the weekly hours say: all or nothing.

    Whoever was displaced keeps the proposal, or may take the old hour again; whoever was
    not told yet keeps the appointment. Raises LiftedAlready or OverAlready.
    """
    now = timezone.now()
    today = tehran_day(now)
    with transaction.atomic():
        locked = ClosureOrder.objects.select_for_update(no_key=True).get(pk=order.pk)
        if locked.state == OrderState.LIFTED:
            raise LiftedAlready
        if locked.last_day < today:
            raise OverAlready
        ahead = Closure.objects.filter(order=order, day__gte=today)
        office_ids = sorted(set(ahead.values_list("office_id", flat=True)))
        lock_schedules(office_ids)
        gone, _ = ahead.delete()
        ClosureOrder.objects.filter(pk=order.pk).update(
            state=OrderState.LIFTED, lifted_at=now, lifted_by=by
        )
        publish_all(office_ids, order, now)
        record(Act.CLOSURE_LIFTED, order, by=by, at=now, closures=gone)
