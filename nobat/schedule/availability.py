"""Which days are green, and which hours are free: both from the same rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from functools import cached_property, lru_cache
from typing import NamedTuple

from nobat.schedule.hours import hours_on, turns_of, weekdays_since
from nobat.schedule.office_calendar_sql import FIRST_SIGN, FREE, FULL, SIGNS_A_DAY, SINGLE
from nobat.schedule.timetable import ClosedHours, OfferedService, Timetable
from nobat.shared.jalali import weekday
from nobat.shared.latest import Latest

Weeks = list[tuple[date, frozenset[int]]]  # as weekdays_since says them


class State(Enum):
    """What there is to say of a day; only one that is FREE has hours to choose."""

    FREE = auto()
    FULL = auto()
    NO_TWO_IN_A_ROW = auto()  # two are wanted, and only single ones are free
    CLOSED = auto()  # by the office
    HOLIDAY = auto()
    DAY_OFF = auto()  # a weekday without hours
    NOT_YET = auto()  # too far ahead
    UNPUBLISHED = auto()  # there are hours on that day, but no slots yet
    TODAY = auto()
    TOO_SOON = auto()  # not today, and still nearer than can be booked
    PAST = auto()

    __hash__ = object.__hash__  # each is one of a kind; Enum's own is asked a hundred times a page


class Window(NamedTuple):
    """What can be booked today."""

    today: date
    first: date
    last: date

    @property
    def days(self) -> list[date]:
        return _days(self.first, self.last)


@lru_cache(maxsize=8)  # the same for all offices
def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=each) for each in range((last - first).days + 1)]


class Day(NamedTuple):
    day: date
    state: State
    free: int = 0  # hours to choose
    reason: str = ""  # of a closure or a holiday
    closed_hours: tuple[ClosedHours, ...] = ()  # while other hours of the day are open
    opens_on: date | None = None  # when a day too far ahead can be booked


class FreeHour(NamedTuple):
    """One turn, or two in a row."""

    slot_id: int  # where it begins
    starts_at: datetime
    ends_at: datetime
    seats: int


class DayTotals(NamedTuple):
    offered: int  # turns in the schedule
    open: int  # of these, with a free seat
    free: int  # hours to choose


class Turns(NamedTuple):
    """What stands in the days of a calendar, a sign for each turn (office_calendar_sql.py)."""

    since: date
    signs: str

    def by_day(self) -> dict[date, DayTotals]:
        """Of days with turns."""
        found: dict[date, dict[int, int]] = {}
        for sign, many in Counter(self.signs).items():
            number, what = divmod(ord(sign) - FIRST_SIGN, SIGNS_A_DAY)
            found.setdefault(self.since + timedelta(days=number), {})[what] = many
        return {day: _totals(of_day) for day, of_day in found.items()}


class OfficeCalendar(NamedTuple):
    """As it was read (office_calendar.py)."""

    timetable: Timetable
    services: tuple[OfferedService, ...]  # those that can be booked, in their order
    turns: Turns
    hours: list[FreeHour]  # of the chosen day


@dataclass(frozen=True, eq=False)  # one of a kind, so that what is drawn of it is found by it
class Days:
    """Those that a calendar shows, one after the other."""

    all: tuple[Day, ...]

    @cached_property
    def green(self) -> list[date]:
        return [day.day for day in self.all if day.state is State.FREE]

    def get(self, day: date) -> Day | None:
        place = (day - self.all[0].day).days
        return self.all[place] if 0 <= place < len(self.all) else None


_DAYS: Latest[Days] = Latest(most=8192)  # by office, more than the country has


class Availability(NamedTuple):
    days: Days
    chosen: Day | None
    hours: list[FreeHour]  # of the chosen day


def availability(
    calendar: OfficeCalendar, window: Window, *, days: Sequence[date], chosen: date | None
) -> Availability:
    """What each of the days is, which follow each other and hold the window, and the free hours of
    the chosen one, as the calendar was read.

    With two turns in a row wanted, a day is free only where two in a row are.
    """
    timetable, read = calendar.timetable, (calendar.timetable, calendar.turns, window, days)
    shown = _DAYS.or_make(timetable.office.pk, read, lambda: _described(*read))
    of_chosen = shown.get(chosen) if chosen else None
    if chosen and not of_chosen:  # far away, where nothing can be booked
        weeks = weekdays_since(timetable.week)
        of_chosen = _describe(chosen, timetable, weeks, window, None)
    return Availability(shown, of_chosen, calendar.hours)


def _described(timetable: Timetable, turns: Turns, window: Window, days: Sequence[date]) -> Days:
    weeks, totals = weekdays_since(timetable.week), turns.by_day()
    return Days(tuple([_describe(day, timetable, weeks, window, totals.get(day)) for day in days]))


def _describe(
    day: date, timetable: Timetable, weeks: Weeks, window: Window, totals: DayTotals | None
) -> Day:
    if day < window.first:
        return _plain(day, _not_bookable_any_more(day, window.today))
    closed_hours = timetable.closed_hours.get(day, ())
    if totals and totals.free:
        return _free_day(day, totals.free, closed_hours)
    if day in timetable.closures:
        return Day(day, State.CLOSED, reason=timetable.closures[day])
    if day in timetable.holidays:
        return Day(day, State.HOLIDAY, reason=timetable.holidays[day])
    if closed_hours and _is_all_closed(day, timetable, closed_hours):
        reasons = dict.fromkeys(closed.reason for closed in closed_hours)
        return Day(day, State.CLOSED, reason="، ".join(reasons))
    said = _describe_working_day(day, weeks, window, totals)
    return said._replace(closed_hours=closed_hours) if closed_hours else said


def _totals(counted: Mapping[int, int]) -> DayTotals:
    full, single, free = (counted.get(what, 0) for what in (FULL, SINGLE, FREE))
    return DayTotals(offered=full + single + free, open=single + free, free=free)


@lru_cache(maxsize=4096)  # most offices have as many on the same day
def _free_day(day: date, free: int, closed_hours: tuple[ClosedHours, ...]) -> Day:
    return Day(day, State.FREE, free=free, closed_hours=closed_hours)


@lru_cache(maxsize=4096)  # and the same days off
def _plain(day: date, state: State, opens_on: date | None = None) -> Day:
    return Day(day, state, opens_on=opens_on)


def _not_bookable_any_more(day: date, today: date) -> State:
    if day == today:
        return State.TODAY
    return State.TOO_SOON if day > today else State.PAST


def _describe_working_day(day: date, weeks: Weeks, window: Window, totals: DayTotals | None) -> Day:
    if totals and totals.offered:
        return _plain(day, State.NO_TWO_IN_A_ROW if totals.open else State.FULL)
    if not _is_working_day(weeks, day):
        return _plain(day, State.DAY_OFF)
    if day > window.last:
        return _plain(day, State.NOT_YET, opens_on=day - (window.last - window.today))
    return _plain(day, State.UNPUBLISHED)


def _is_working_day(weeks: Weeks, day: date) -> bool:
    weekdays = next((weekdays for since, weekdays in weeks if since <= day), frozenset())
    return weekday(day) in weekdays


def _is_all_closed(day: date, timetable: Timetable, closed_hours: Sequence[ClosedHours]) -> bool:
    """There are hours on that day, and each of their turns lies in closed ones, if only in part."""
    turns = [turn for hours in hours_on(timetable.week, day) for turn in turns_of(hours)]
    return bool(turns) and all(
        any(closed.from_hour < ends and closed.until_hour > begins for closed in closed_hours)
        for begins, ends in turns
    )
