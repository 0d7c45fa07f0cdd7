"""Nobody keeps an appointment on a holiday: each is ended without penalty, and told."""

from django.db import transaction
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.as_it_stands import lock_as_it_stands
from nobat.appointments.displace import displace_appointment
from nobat.appointments.models import Appointment
from nobat.appointments.touched_by_holiday import standing_on
from nobat.schedule.models import Holiday
from nobat.shared.jalali import tehran_day


def empty_holidays_ahead() -> int:
    """Background job: whoever still stands on a holiday, today or ahead, is displaced.

    Finishes what a request began that made a day a holiday, and was cut short or left
    most of it to us. Safe to run beside it: each appointment ends once.
    """
    today = tehran_day(timezone.now())
    ahead = Holiday.objects.filter(day__gte=today, day__lte=today + policy.FURTHEST_BOOKING)
    return sum(empty_holiday(holiday) for holiday in ahead)


def empty_holiday(holiday: Holiday, *, at_most: int | None = None) -> int:
    """End the appointments of that day, each in a short transaction of its own; returns how
    many this call ended. The reason that citizens read is the title of the holiday."""
    standing = standing_on(holiday.day).select_related("citizen", "office")
    found = list(standing.order_by("starts_at", "pk")[:at_most])
    return sum(_displace(appointment, holiday) for appointment in found)


def _displace(appointment: Appointment, holiday: Holiday) -> bool:
    """All or nothing; False if there was nothing to do any more.

    Locks are taken in the order holiday, person, appointment, slots: who moves the holiday
    away waits, or has ended this.
    """
    with transaction.atomic():
        same_day = Holiday.objects.filter(pk=holiday.pk, day=holiday.day)
        if not same_day.select_for_update(no_key=True).first():
            return False
        lock_as_it_stands(appointment)
        if not standing_on(holiday.day).filter(pk=appointment.pk).exists():
            return False
        displace_appointment(appointment=appointment, reason=holiday.title, by=holiday.decided_by)
    return True
