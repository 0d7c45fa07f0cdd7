"""Which days are green, and which hours are free: both from the same rows."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import Enum, auto
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils import timezone

from nobat.schedule.hours import hours_on, turns_of
from nobat.schedule.timetable import ClosedHours, Timetable
from nobat.shared.jalali import start_of_day
from nobat.shared.prepared import prepared_cursor


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
        number = (self.last - self.first).days + 1
        return [self.first + timedelta(days=each) for each in range(number)]


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


class Availability(NamedTuple):
    days: list[Day]
    chosen: Day | None
    hours: list[FreeHour]  # of the chosen day


class _DayTotals(NamedTuple):
    day: date
    offered: int  # turns in the schedule
    open: int  # of these, with a free seat
    free: int  # hours to choose
    hours: list[FreeHour]  # only of the chosen day


# A slot is open if a seat in it is neither taken nor kept for somebody else, or if the
# appointment that moves holds one. What it has already, exactly so, is no hour to move to.
_READ = """
WITH seat AS (
    SELECT s.id, s.day, s.starts_at, s.ends_at, s.offered,
        s.id = ANY (%(held)s::bigint[]) AS is_held,
        s.offered - s.taken - CASE WHEN s.held_until > %(now)s AND s.is_open
            THEN seats_held(s.id, %(now)s, %(moving)s) ELSE 0 END AS free
    FROM schedule_slot s
    WHERE s.office_id = %(office)s AND s.starts_at >= %(since)s AND s.starts_at < %(until)s
), slot AS (
    SELECT s.id, s.day, s.starts_at, s.ends_at, s.offered, s.is_held,
        s.free > 0 OR s.is_held AS is_open, greatest(s.free + s.is_held::int, 1) AS seats
    FROM seat s
), hour AS (
    SELECT s.id, s.day, s.offered, s.is_open, s.starts_at,
        coalesce(next.ends_at, s.ends_at) AS ends_at, least(s.seats, next.seats) AS seats,
        s.is_open
            AND NOT (s.is_held AND array_remove(ARRAY[s.id, next.id], NULL) = %(held)s::bigint[])
            AND (s.day <> ALL (%(of_more)s::date[]) OR next.id IS NOT NULL) AS is_free
    FROM slot s LEFT JOIN slot next
        ON s.day = ANY (%(of_two)s::date[]) AND next.is_open AND next.starts_at = s.ends_at
)
SELECT h.day,
    count(*) FILTER (WHERE h.offered > 0),
    count(*) FILTER (WHERE h.is_open),
    count(*) FILTER (WHERE h.is_free),
    json_agg(json_build_array(h.id, h.starts_at, h.ends_at, h.seats) ORDER BY h.starts_at)
        FILTER (WHERE h.is_free AND h.day = %(chosen)s)
FROM hour h GROUP BY h.day
"""


def availability(
    timetable: Timetable,
    window: Window,
    *,
    days: Iterable[date],
    turns_on: Callable[[date], int],
    chosen: date | None,
    held: Sequence[int] = (),
    moving: int | None = None,
) -> Availability:
    """What each of the days is, and the free hours of the chosen one; one statement.

    How many turns in a row are wanted may differ from day to day. With two, a day is free
    only where two in a row are. `moving` is the appointment that somebody is about to move,
    and `held` are its slots: neither its own seats nor what is kept for it stand in its way.
    """
    totals = _read(timetable.office.pk, window, turns_on, chosen, held, moving)
    described = [_describe(day, timetable, window, totals.get(day)) for day in days]
    of_chosen = totals.get(chosen) if chosen else None
    return Availability(
        days=described,
        chosen=_describe(chosen, timetable, window, of_chosen) if chosen else None,
        hours=of_chosen.hours if of_chosen else [],
    )


def _read(
    office_id: int,
    window: Window,
    turns_on: Callable[[date], int],
    chosen: date | None,
    held: Sequence[int],
    moving: int | None,
) -> dict[date, _DayTotals]:
    turns = {day: turns_on(day) for day in window.days}
    values: dict[str, Any] = {
        "office": office_id,
        "since": start_of_day(window.first),
        "until": start_of_day(window.last + timedelta(days=1)),
        "of_more": [day for day in turns if turns[day] > 1],
        "of_two": [day for day in turns if turns[day] == 2],
        "chosen": chosen,
        "held": list(held),
        "moving": moving,
        "now": timezone.now(),
    }
    with prepared_cursor() as cursor:
        cursor.execute(_READ, values)
        rows = cursor.fetchall()
    return {
        day: _DayTotals(day, offered, is_open, free, [_free_hour(*each) for each in hours or []])
        for day, offered, is_open, free, hours in rows
    }


def _free_hour(slot_id: int, starts_at: str, ends_at: str, seats: int) -> FreeHour:
    # JSON, in which moments are text.
    return FreeHour(slot_id, _moment(starts_at), _moment(ends_at), seats)


@lru_cache(maxsize=4096)  # most offices have the same hours
def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _describe(day: date, timetable: Timetable, window: Window, totals: _DayTotals | None) -> Day:
    if day < window.first:
        return Day(day, _not_bookable_any_more(day, window.today))
    closed_hours = tuple(timetable.closed_hours.get(day, ()))
    if totals and totals.free:
        return Day(day, State.FREE, free=totals.free, closed_hours=closed_hours)
    if day in timetable.closures:
        return Day(day, State.CLOSED, reason=timetable.closures[day])
    if day in timetable.holidays:
        return Day(day, State.HOLIDAY, reason=timetable.holidays[day])
    if closed_hours and _is_all_closed(day, timetable, closed_hours):
        reasons = dict.fromkeys(closed.reason for closed in closed_hours)
        return Day(day, State.CLOSED, reason="، ".join(reasons))
    return _describe_working_day(day, timetable, window, totals)._replace(closed_hours=closed_hours)


def _not_bookable_any_more(day: date, today: date) -> State:
    if day == today:
        return State.TODAY
    return State.TOO_SOON if day > today else State.PAST


def _describe_working_day(
    day: date, timetable: Timetable, window: Window, totals: _DayTotals | None
) -> Day:
    if totals and totals.offered:
        return Day(day, State.NO_TWO_IN_A_ROW if totals.open else State.FULL)
    if not hours_on(timetable.week, day):
        return Day(day, State.DAY_OFF)
    if day > window.last:
        return Day(day, State.NOT_YET, opens_on=day - (window.last - window.today))
    return Day(day, State.UNPUBLISHED)


def _is_all_closed(day: date, timetable: Timetable, closed_hours: Sequence[ClosedHours]) -> bool:
    """There are hours on that day, and each of their turns lies in closed ones, if only in part."""
    turns = [turn for hours in hours_on(timetable.week, day) for turn in turns_of(hours)]
    return bool(turns) and all(
        any(closed.from_hour < ends and closed.until_hour > begins for closed in closed_hours)
        for begins, ends in turns
    )
