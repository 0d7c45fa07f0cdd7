"""The association says that an estimated holiday is right, or that a day is none."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.people.models import Person
from nobat.schedule.holiday_slots import open_again
from nobat.schedule.models import Holiday, WorkingDay
from nobat.shared.jalali import tehran_day
from nobat.shared.rules import RuleBroken


class NoSuchHoliday(RuleBroken):
    status = 404
    message = (
        "این تعطیل دیگر در تقویم نیست. شاید همکارتان زودتر آن را برداشته است؛ تقویم را دوباره "
        "ببینید."
    )


class AlreadyConfirmed(RuleBroken):
    message = "این تعطیل پیش‌تر تایید شده است. کار دیگری لازم نیست."


class TooLateToDecide(RuleBroken):
    message = (
        "این روز گذشته یا همین امروز است و تقویم آن دیگر عوض نمی‌شود. برای بستن امروز، از "
        "«تعطیلی» دستور بدهید."
    )


def confirm_holiday(*, holiday_id: int, by: Person) -> Holiday:
    """The estimate was right: nothing moves. Raises NoSuchHoliday, AlreadyConfirmed."""
    now = timezone.now()
    with transaction.atomic():
        holiday = lock_holiday(holiday_id)
        estimated = Holiday.objects.filter(pk=holiday.pk, is_estimated=True)
        if not estimated.update(is_estimated=False, decided_by=by, decided_at=now):
            raise AlreadyConfirmed
        record(Act.HOLIDAY_CONFIRMED, holiday, by=by, at=now, day=holiday.day.isoformat())
    return holiday


def remove_holiday(*, holiday_id: int, by: Person) -> Holiday:
    """Offices are open on that day again, as their weekly hours say; the calendar does not
    bring it back. Raises NoSuchHoliday, TooLateToDecide.

    Who was displaced from it stays so: they were told by SMS.
    """
    now = timezone.now()
    with transaction.atomic():
        holiday = lock_holiday(holiday_id)
        refuse_decided_by_time(holiday.day, now)
        Holiday.objects.filter(pk=holiday.pk).delete()
        make_working_day(holiday, by, now)
        record(
            Act.HOLIDAY_REMOVED,
            holiday,
            by=by,
            at=now,
            day=holiday.day.isoformat(),
            title=holiday.title,
        )
    open_again(holiday.day, now)
    return holiday


def lock_holiday(holiday_id: int) -> Holiday:
    """As it stands, until the transaction ends; before any office, person or slot."""
    holiday = Holiday.objects.select_for_update().filter(pk=holiday_id).first()
    if holiday is None:
        raise NoSuchHoliday
    return holiday


def refuse_decided_by_time(day: date, now: datetime) -> None:
    """Today is settled: its list is closed, and its people are on their way."""
    if day <= tehran_day(now):
        raise TooLateToDecide


def make_working_day(holiday: Holiday, by: Person, now: datetime) -> None:
    WorkingDay.objects.update_or_create(
        day=holiday.day,
        defaults={"title": holiday.title, "decided_by": by, "decided_at": now},
    )
