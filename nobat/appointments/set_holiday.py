"""A day becomes a holiday, or a holiday moves to another day: nobody is left standing on it."""

from datetime import date, datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from nobat.appointments.empty_holiday import empty_holiday
from nobat.appointments.touched_by_holiday import touched_by_holiday
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.people.models import Person
from nobat.schedule.decide_holiday import (
    lock_holiday,
    make_working_day,
    refuse_decided_by_time,
)
from nobat.schedule.holiday_slots import open_again, shut_on
from nobat.schedule.models import Holiday, HolidayKind, WorkingDay
from nobat.shared.jalali import long_day
from nobat.shared.persian import clean
from nobat.shared.rules import RuleBroken

# So many are ended before the page answers, the others by the job of empty_holiday.py.
AT_ONCE = 200


class AlreadyHoliday(RuleBroken):
    """Carries the holiday that the day is."""

    def __init__(self, holiday: Holiday) -> None:
        super().__init__(
            f"{long_day(holiday.day)} خود تعطیل رسمی است: {holiday.title}. یک روز دو بار تعطیل "
            "نمی‌شود؛ روز دیگری بنویسید."
        )


class NoTitle(RuleBroken):
    status = 422
    message = "نام مناسبت نوشته نشده است و مردم آن را در تقویم می‌خوانند. چند کلمه بنویسید."


class SameDay(RuleBroken):
    message = "این تعطیل همین حالا هم در این روز است. روز دیگری بنویسید، یا آن را تایید کنید."


class MoreAreTouched(RuleBroken):
    message = (
        "نوبت‌های این روز در این میان بیشتر شد. بی‌خبر از شمار تازه کسی را بی‌نوبت نمی‌کنیم؛ "
        "شمارها را دوباره ببینید و دوباره تایید کنید."
    )


class MovedMeanwhile(RuleBroken):
    message = (
        "این تعطیل در این میان به روز دیگری رفت. همکار دیگری آن را جابه‌جا کرده است؛ دوباره "
        "ببینید که اکنون در کدام روز است."
    )


class Outcome(NamedTuple):
    holiday: Holiday
    displaced: int  # by this call
    left: int  # for the job, in the next minutes


def set_holiday(*, day: date, title: str, kind: HolidayKind, by: Person, seen: str) -> Outcome:
    """Every office is shut on that day, and each appointment on it ends without penalty.

    `seen` is the version of what touched_by_holiday showed; raises MoreAreTouched, and has
    done nothing, if by now more people are touched. Raises TooLateToDecide,
    AlreadyHoliday, NoTitle.

    The table and the slots change first, in one transaction; then each appointment ends in
    a short one of its own. Killed in between, the same call again or the job does the rest.
    """
    now = timezone.now()
    title = clean(title)
    holiday = Holiday.objects.filter(day=day, title=title, kind=kind, decided_by=by).first()
    if holiday is None:  # not the button pressed twice
        refuse_impossible_holiday(day=day, title=title, now=now)
        with transaction.atomic():
            holiday = _write(day, title, kind, by, now)
            _shut(day, seen, now)
    return _empty(holiday)


def move_holiday(*, holiday_id: int, was: date, to: date, by: Person, seen: str) -> Outcome:
    """The holiday is on the new day, as confirmed, and offices are open on the old one again.

    As set_holiday for the new day; `was` is the day on which whoever decides saw it. Who
    was displaced from the old day stays so. Raises NoSuchHoliday, MovedMeanwhile, SameDay,
    TooLateToDecide, AlreadyHoliday, MoreAreTouched.
    """
    now = timezone.now()
    with transaction.atomic():
        holiday = lock_holiday(holiday_id)
        is_repeated = holiday.day == to != was
        if not is_repeated:
            _move(holiday, was, to, by, now)
            _shut(to, seen, now)
    if not is_repeated:
        open_again(was, now)
    return _empty(holiday)


def refuse_impossible_holiday(*, day: date, title: str, now: datetime) -> None:
    """What set_holiday would refuse, before anything is written."""
    refuse_decided_by_time(day, now)
    if not title:
        raise NoTitle
    _refuse_other_holiday(day)


def refuse_impossible_move(*, holiday: Holiday, to: date, now: datetime) -> None:
    """What move_holiday would refuse, before anything is written."""
    refuse_decided_by_time(holiday.day, now)
    refuse_decided_by_time(to, now)
    if to == holiday.day:
        raise SameDay
    _refuse_other_holiday(to)


def _refuse_other_holiday(day: date) -> None:
    other = Holiday.objects.filter(day=day).first()
    if other:
        raise AlreadyHoliday(other)


def _write(day: date, title: str, kind: HolidayKind, by: Person, now: datetime) -> Holiday:
    try:
        with transaction.atomic():
            holiday = Holiday.objects.create(
                day=day, title=title, kind=kind, decided_by=by, decided_at=now
            )
    except IntegrityError:
        _refuse_other_holiday(day)
        raise
    WorkingDay.objects.filter(day=day).delete()
    record(Act.HOLIDAY_SET, holiday, by=by, at=now, day=day.isoformat(), title=title, kind=kind)
    return holiday


def _move(holiday: Holiday, was: date, to: date, by: Person, now: datetime) -> None:
    if holiday.day != was:
        raise MovedMeanwhile
    refuse_impossible_move(holiday=holiday, to=to, now=now)
    make_working_day(holiday, by, now)
    WorkingDay.objects.filter(day=to).delete()
    values = {"day": to, "is_estimated": False, "decided_by": by, "decided_at": now}
    Holiday.objects.filter(pk=holiday.pk).update(**values)
    holiday.refresh_from_db()
    days = {"day": was.isoformat(), "to": to.isoformat()}
    record(Act.HOLIDAY_MOVED, holiday, by=by, at=now, title=holiday.title, **days)


def _shut(day: date, seen: str, now: datetime) -> None:
    shut_on(day, now)
    # Read after the slots were closed: from here on there can only be fewer.
    if not touched_by_holiday(day).was_seen(seen):
        raise MoreAreTouched


def _empty(holiday: Holiday) -> Outcome:
    displaced = empty_holiday(holiday, at_most=AT_ONCE)
    return Outcome(holiday, displaced, left=touched_by_holiday(holiday.day).appointments)
