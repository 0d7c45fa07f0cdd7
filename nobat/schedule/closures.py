"""A day on which one office is shut, and taking that back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office
from nobat.people.models import Person
from nobat.schedule.models import Closure
from nobat.schedule.publish import days_ahead, lock_schedules, publish_days
from nobat.shared.jalali import tehran_day
from nobat.shared.persian import clean
from nobat.shared.rules import RuleBroken


class DayIsOver(RuleBroken):
    message = "این روز گذشته است و دیگر نمی‌شود آن را بست یا باز کرد. روز دیگری انتخاب کنید."


class AlreadyClosed(RuleBroken):
    message = (
        "این روز پیش‌تر بسته شده است. اگر دلیل آن فرق کرده، اول روز را باز کنید و دوباره "
        "با دلیل تازه ببندید."
    )


class NotClosed(RuleBroken):
    message = "این روز بسته نیست، پس باز کردن نمی‌خواهد. شاید همکارتان زودتر آن را باز کرده است."


class NoReason(RuleBroken):
    message = "دلیل بسته بودن نوشته نشده است و مردم آن را در تقویم می‌خوانند. چند کلمه بنویسید."


def close_day(*, office: Office, day: date, reason: str, by: Person) -> Closure:
    """From now on nobody can book this day. All or nothing.

    `reason` is what citizens read beside the day. Appointments that stand on the day
    stay as they are. Raises DayIsOver, AlreadyClosed, NoReason.
    """
    now = timezone.now()
    reason = clean(reason)
    if day < tehran_day(now):
        raise DayIsOver
    if not reason:
        raise NoReason
    with transaction.atomic():
        lock_schedules([office.pk])
        closure, is_new = Closure.objects.get_or_create(
            office=office, day=day, defaults={"reason": reason}
        )
        if not is_new:
            raise AlreadyClosed
        record(Act.DAY_CLOSED, office, by=by, at=now, day=day.isoformat(), reason=reason)
        publish_days(office_ids=[office.pk], days=[day])
    return closure


def reopen_day(*, office: Office, day: date, by: Person) -> None:
    """The office's usual hours hold again. All or nothing. Raises DayIsOver, NotClosed."""
    now = timezone.now()
    if day < tehran_day(now):
        raise DayIsOver
    with transaction.atomic():
        lock_schedules([office.pk])
        removed, _ = Closure.objects.filter(office=office, day=day).delete()
        if not removed:
            raise NotClosed
        record(Act.DAY_REOPENED, office, by=by, at=now, day=day.isoformat())
        # A day further ahead gets its slots when its time comes.
        if day in days_ahead(now):
            publish_days(office_ids=[office.pk], days=[day])
