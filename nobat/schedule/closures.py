"""A day, or some hours of it, on which one office is shut, and taking that back."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office
from nobat.people.models import Person
from nobat.schedule.models import Closure
from nobat.schedule.publish import days_ahead, lock_schedules, publish_days
from nobat.shared.persian import clean
from nobat.shared.rules import RuleBroken

# As `until_hour`: closed for the rest of the day.
END_OF_DAY = time(23, 59)


class DayIsOver(RuleBroken):
    message = (
        "این زمان گذشته است و دیگر نمی‌شود آن را بست یا باز کرد. روز یا ساعت دیگری انتخاب کنید."
    )


class AlreadyClosed(RuleBroken):
    message = (
        "این زمان پیش‌تر بسته شده است. اگر ساعت یا دلیل آن فرق کرده، اول همان را باز کنید و "
        "دوباره ببندید."
    )


class NotClosed(RuleBroken):
    status = 404
    message = "این زمان بسته نیست، پس باز کردن نمی‌خواهد. شاید همکارتان زودتر آن را باز کرده است."


class OrderedFromAbove(RuleBroken):
    message = (
        "این زمان به دستور کانون بسته است و دفتر آن را باز نمی‌کند. اگر باید باز شود، از کانون "
        "بخواهید."
    )


class NoReason(RuleBroken):
    message = "دلیل بسته بودن نوشته نشده است و مردم آن را در تقویم می‌خوانند. چند کلمه بنویسید."


class HoursTurnedRound(RuleBroken):
    message = "ساعت پایان پیش از ساعت آغاز است. یکی از آن دو را درست کنید."


def close_day(*, office: Office, day: date, reason: str, by: Person) -> Closure:
    """The same as close_hours, for the whole day."""
    return close_hours(
        office=office, day=day, from_hour=None, until_hour=None, reason=reason, by=by
    )


def close_hours(
    *,
    office: Office,
    day: date,
    from_hour: time | None,
    until_hour: time | None,
    reason: str,
    by: Person,
) -> Closure:
    """From now on nobody can book these hours; without hours, the whole day. All or nothing.

    `reason` is what citizens read beside the day. A turn that lies only in part in these
    hours is closed too. Appointments that stand in them stay as they are
    (appointments/close.py does more). Raises DayIsOver, HoursTurnedRound, NoReason,
    AlreadyClosed.
    """
    now = timezone.now()
    reason = clean(reason)
    closure = Closure(
        office=office, day=day, from_hour=from_hour, until_hour=until_hour, reason=reason
    )
    with transaction.atomic():
        lock_schedules([office.pk])
        refuse_impossible(closure, now)
        closure.save(force_insert=True)
        record(
            Act.DAY_CLOSED,
            office,
            by=by,
            at=now,
            day=day.isoformat(),
            reason=reason,
            **_hours_for_journal(closure),
        )
        _publish(closure, now)
    return closure


def reopen(*, office: Office, closure_id: int, by: Person) -> Closure:
    """What was closed by this closure is open again, as the weekly hours say. All or nothing.

    Raises DayIsOver, NotClosed, OrderedFromAbove. Returns what the closure was.
    """
    now = timezone.now()
    with transaction.atomic():
        lock_schedules([office.pk])
        closure = Closure.objects.filter(office=office, pk=closure_id).first()
        if closure is None:
            raise NotClosed
        if closure.order_id:
            raise OrderedFromAbove
        if closure.span[1] <= now:
            raise DayIsOver
        Closure.objects.filter(pk=closure.pk).delete()
        record(
            Act.DAY_REOPENED,
            office,
            by=by,
            at=now,
            day=closure.day.isoformat(),
            **_hours_for_journal(closure),
        )
        _publish(closure, now)
    return closure


def refuse_impossible(closure: Closure, now: datetime) -> None:
    """What close_hours would refuse, before anything is written."""
    if (closure.from_hour is None) != (closure.until_hour is None):
        raise HoursTurnedRound
    starts_at, ends_at = closure.span
    if ends_at <= starts_at:
        raise HoursTurnedRound
    if ends_at <= now:
        raise DayIsOver
    if not closure.reason:
        raise NoReason
    # Of an order that leaves a share of the seats, the office may close the rest.
    for other in Closure.objects.filter(office=closure.office, day=closure.day, stays=0):
        others_start, others_end = other.span
        if starts_at < others_end and ends_at > others_start:
            raise AlreadyClosed


def _publish(closure: Closure, now: datetime) -> None:
    # A day further ahead gets its slots when its time comes.
    if closure.day <= days_ahead(now)[-1]:
        publish_days(office_ids=[closure.office_id], days=[closure.day])


def _hours_for_journal(closure: Closure) -> dict[str, str]:
    if closure.from_hour is None or closure.until_hour is None:
        return {}
    return {
        "from_hour": f"{closure.from_hour:%H:%M}",
        "until_hour": f"{closure.until_hour:%H:%M}",
    }
