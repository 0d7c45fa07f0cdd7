"""An office is suspended, closed down, or opened again; its appointments go an order's way."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office, OfficeStatus
from nobat.orders.give import give_order
from nobat.orders.lift import lift_order
from nobat.people.models import Person
from nobat.schedule.closure_models import OrderState
from nobat.schedule.models import ClosureOrder
from nobat.schedule.publish import days_ahead, publish_days
from nobat.shared.jalali import tehran_day
from nobat.shared.rules import RuleBroken

_ACTS = {
    OfficeStatus.OPEN: Act.OFFICE_OPENED,
    OfficeStatus.SUSPENDED: Act.OFFICE_SUSPENDED,
    OfficeStatus.CLOSED: Act.OFFICE_CLOSED_DOWN,
}


class SoAlready(RuleBroken):
    message = "وضعیت این دفتر همین حالا هم همین است. چیزی عوض نشد."


def ending_order(
    *, office: Office, first_day: date, reason: str, key: UUID, by: Person
) -> ClosureOrder:
    """The order that suspending or closing down means, to be looked at first; not saved.

    Until the last day that can have been booked.
    """
    return ClosureOrder(
        offices=[office.code],
        first_day=first_day,
        last_day=first_day + timedelta(days=len(days_ahead(timezone.now()))),
        reason=reason,
        ends_office=True,
        key=key,
        decided_by=by,
    )


def end_office(*, office: Office, status: OfficeStatus, order: ClosureOrder, seen: str) -> None:
    """Suspend or close down: all or nothing. run.py then tells everybody.

    Raises SoAlready and the refusals of give.py.
    """
    with transaction.atomic():
        if ClosureOrder.objects.filter(key=order.key).exists():
            return  # pressed twice
        give_order(order=order, seen=seen)
        _change(office, status, order.decided_by, why=order.reason)


def open_office(*, office: Office, by: Person) -> None:
    """Open again, with the hours it had: all or nothing. Raises SoAlready."""
    now = timezone.now()
    with transaction.atomic():
        _change(office, OfficeStatus.OPEN, by)
        orders = ClosureOrder.objects.filter(
            offices=[office.code], ends_office=True, last_day__gte=tehran_day(now)
        )
        for order in orders.exclude(state=OrderState.LIFTED):
            lift_order(order=order, by=by)
        publish_days(office_ids=[office.pk], days=days_ahead(now))


def _change(office: Office, status: OfficeStatus, by: Person, **facts: str) -> None:
    others = Office.objects.filter(pk=office.pk).exclude(status=status)
    if not others.update(status=status):
        raise SoAlready
    record(_ACTS[status], office, by=by, at=timezone.now(), **facts)
