"""An office's week: which hours hold on a day, and setting them from a day on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeVar

from django.db import transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office
from nobat.people.models import Person
from nobat.schedule.models import WeeklyHours
from nobat.schedule.publish import days_ahead, lock_schedules, publish_days
from nobat.shared.jalali import WEEKDAYS, tehran_day, weekday
from nobat.shared.rules import RuleBroken

# As the constraints of the table say.
SHORTEST_TURN, LONGEST_TURN, MOST_SEATS = 5, 240, 200  # minutes, minutes, people


class Stretch(NamedTuple):
    """Hours without a break on one day of the week; 0 is Saturday."""

    weekday: int
    opens_at: time
    closes_at: time
    minutes: int  # length of one turn
    seats: int


class StandingHours(NamedTuple):
    """What a row of WeeklyHours says, for the pages that many ask for: a model costs more."""

    valid_from: date
    weekday: int
    opens_at: time
    closes_at: time
    minutes: int
    seats: int


Hours = TypeVar("Hours", WeeklyHours, StandingHours)


class HoursFromTooEarly(RuleBroken):
    message = (
        "ساعت تازه زودتر از فردا نمی‌تواند آغاز شود، چون نوبت‌های امروز داده شده است. فردا یا "
        "روزی پس از آن را انتخاب کنید."
    )


class NoHours(RuleBroken):
    message = (
        "برای هیچ روز هفته ساعتی ننوشته‌اید و دفتر هرگز باز نمی‌شد. دست‌کم یک روز را پر کنید؛ "
        "اگر می‌خواهید چند روز تعطیل باشید، آن روزها را ببندید."
    )


class HoursOverlap(RuleBroken):
    """Two stretches of one day lie over each other."""


class HoursTooShort(RuleBroken):
    """No turn fits between opening and closing."""


class TurnOutOfRange(RuleBroken):
    message = "طول نوبت باید میان ۵ و ۲۴۰ دقیقه و شمار جاها میان ۱ و ۲۰۰ باشد. عددها را درست کنید."


def week_on(rows: Iterable[Hours], day: date) -> list[Hours]:
    """The office's whole week as it holds on this day, Saturday first."""
    started = [row for row in rows if row.valid_from <= day]
    latest = max((row.valid_from for row in started), default=None)
    week = [row for row in started if row.valid_from == latest]
    return sorted(week, key=lambda row: (row.weekday, row.opens_at))


def hours_on(rows: Iterable[Hours], day: date) -> list[Hours]:
    """When the office is open on this day, were it not for holidays and closures."""
    place = weekday(day)
    return [row for row in week_on(rows, day) if row.weekday == place]


@lru_cache(maxsize=512)  # many are open at the same hours
def weekdays_since(rows: tuple[StandingHours, ...]) -> list[tuple[date, frozenset[int]]]:
    """On which weekdays the office is open, the latest week first, each since its day."""
    days = sorted({row.valid_from for row in rows}, reverse=True)
    return [(day, frozenset(row.weekday for row in week_on(rows, day))) for day in days]


def turns_of(hours: Stretch | WeeklyHours | StandingHours) -> Iterator[tuple[time, time]]:
    """When each turn of a stretch begins and ends; what is left at its end is no turn."""
    opens, closes = _minute(hours.opens_at), _minute(hours.closes_at)
    for begins in range(opens, closes - hours.minutes + 1, hours.minutes):
        yield _time(begins), _time(begins + hours.minutes)


def set_weekly_hours(
    *, office: Office, valid_from: date, hours: Sequence[Stretch], by: Person
) -> None:
    """From a day on, the office's whole week is this one. All or nothing.

    Hours set earlier for the same day are replaced. Slots are published anew; who holds
    a seat keeps it and its time. Raises HoursFromTooEarly, NoHours, HoursOverlap,
    HoursTooShort, TurnOutOfRange.
    """
    now = timezone.now()
    refuse_impossible_week(valid_from=valid_from, hours=hours, now=now)
    with transaction.atomic():
        lock_schedules([office.pk])
        WeeklyHours.objects.filter(office=office, valid_from=valid_from).delete()
        WeeklyHours.objects.bulk_create(
            WeeklyHours(office=office, valid_from=valid_from, **stretch._asdict())
            for stretch in hours
        )
        record(
            Act.HOURS_SET,
            office,
            by=by,
            at=now,
            valid_from=valid_from.isoformat(),
            hours=[_for_journal(stretch) for stretch in hours],
        )
        publish_days(office_ids=[office.pk], days=days_ahead(now))


def refuse_impossible_week(*, valid_from: date, hours: Sequence[Stretch], now: datetime) -> None:
    """What set_weekly_hours would refuse, before anything is written."""
    if valid_from <= tehran_day(now):
        raise HoursFromTooEarly
    if not hours:
        raise NoHours
    for stretch in hours:
        _refuse_impossible_stretch(stretch)
    for one, other in pairwise(sorted(hours)):
        if one.weekday == other.weekday and one.closes_at > other.opens_at:
            raise HoursOverlap(
                f"دو بازهٔ {WEEKDAYS[one.weekday]} روی هم افتاده‌اند و یک وقت دو بار داده می‌شد. "
                "ساعت‌ها را از هم جدا کنید."
            )


def _refuse_impossible_stretch(stretch: Stretch) -> None:
    if not (SHORTEST_TURN <= stretch.minutes <= LONGEST_TURN and 1 <= stretch.seats <= MOST_SEATS):
        raise TurnOutOfRange
    if not list(turns_of(stretch)):
        raise HoursTooShort(
            f"{WEEKDAYS[stretch.weekday]} میان آغاز و پایان جای یک نوبت نیست. ساعت پایان یا "
            "طول نوبت را درست کنید."
        )


def _minute(of_day: time) -> int:
    return of_day.hour * 60 + of_day.minute


def _time(minute: int) -> time:
    return time(minute // 60, minute % 60)


def _for_journal(stretch: Stretch) -> list[object]:
    return [
        stretch.weekday,
        f"{stretch.opens_at:%H:%M}",
        f"{stretch.closes_at:%H:%M}",
        stretch.minutes,
        stretch.seats,
    ]
