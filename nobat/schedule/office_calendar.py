"""An office, its week and the free hours of its days: all that its page shows, in one statement.

It is read as one text, which costs less than twenty values of the driver: what stands for long,
the turns of the days, and the hours. As long as one of the first two says the same, what was made
of it is found again.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.utils import timezone

from nobat.schedule.availability import FreeHour, OfficeCalendar, Turns, Window
from nobat.schedule.hours import StandingHours
from nobat.schedule.offered_services import offered_services
from nobat.schedule.office_calendar_sql import ANY_TURNS, ONE_TURN, SEPARATOR
from nobat.schedule.timetable import CalendarCounty, CalendarOffice, ClosedHours, Timetable
from nobat.shared.jalali import TEHRAN, start_of_day
from nobat.shared.latest import Latest
from nobat.shared.prepared import prepared_row

_JSON = json.JSONDecoder()  # which costs less if it is not asked to look for what stands around
_ONE_DAY = timedelta(days=1)
# By office, more than the country has: what stands for long takes a third of the time.
_TIMETABLES: Latest[tuple[frozenset[int], Timetable]] = Latest(most=8192)


def office_calendar(
    code: str,
    window: Window,
    *,
    days: Sequence[date],
    turns: Mapping[date, int],
    chosen: date | None,
    held: Sequence[int] = (),
    moving: int | None = None,
) -> OfficeCalendar | None:
    """What stands in these days, and the free hours of the chosen one; None if there is no such
    office. One statement, and one more in two seconds for what the services say.

    `turns` says how many in a row are wanted on each day that can be booked. `moving` is the
    appointment that somebody is about to move, and `held` are its slots: neither its own seats
    nor what is kept for it stand in its way.
    """
    values = _values(code, window, days, chosen)
    if not held and moving is None and set(turns.values()) == {1}:
        statement = ONE_TURN
    else:
        statement = ANY_TURNS
        values += [
            _array(day.isoformat() for day in turns if turns[day] > 1),
            _array(day.isoformat() for day in turns if turns[day] == 2),
            _array(map(str, held)),
            "" if moving is None else str(moving),
        ]
    read = "".join(filter(None, prepared_row(statement, values)))
    return _calendar(code, *read.split(SEPARATOR), since=days[0]) if read else None


def _values(code: str, window: Window, days: Sequence[date], chosen: date | None) -> list[str]:
    since = _midnight(window.first)
    is_chosen = chosen is not None and window.first <= chosen <= window.last
    return [
        code,
        days[0].isoformat(),
        days[-1].isoformat(),
        since,
        _midnight(window.last + _ONE_DAY),
        timezone.now().isoformat(),
        _midnight(chosen) if chosen and is_chosen else since,
        _midnight(chosen + _ONE_DAY) if chosen and is_chosen else since,
    ]


@lru_cache(maxsize=128)  # the same days for all offices
def _midnight(day: date) -> str:
    return start_of_day(day).isoformat()


def _array(texts: Iterable[str]) -> str:
    return f"{{{','.join(texts)}}}"


def _calendar(code: str, standing: str, turns: str, hours: str, *, since: date) -> OfficeCalendar:
    services, timetable = _TIMETABLES.or_make(code, standing, lambda: _timetable(standing))
    free = [_free_hour(*each) for each in _JSON.raw_decode(hours)[0]]
    return OfficeCalendar(timetable, offered_services(services), Turns(since, turns), free)


def _timetable(read: str) -> tuple[frozenset[int], Timetable]:
    """With the numbers of the services."""
    office, county, services, week, closures, holidays = _JSON.raw_decode(read)[0]
    whole_days, closed_hours = _closures(closures or [])
    return frozenset(services), Timetable(
        office=CalendarOffice._make([*office, CalendarCounty(*county)]),
        week=tuple([_standing_hours(*each) for each in week or []]),
        closures=whole_days,
        closed_hours=closed_hours,
        holidays={date.fromisoformat(day): title for day, title in (holidays or {}).items()},
    )


def _free_hour(slot_id: int, starts_at: str, ends_at: str, seats: int) -> FreeHour:
    return FreeHour(slot_id, _moment(starts_at), _moment(ends_at), seats)


@lru_cache(maxsize=4096)  # most offices have the same hours
def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(TEHRAN)


@lru_cache(maxsize=4096)  # and the same week
def _standing_hours(
    valid_from: str, weekday: int, opens_at: str, closes_at: str, minutes: int, seats: int
) -> StandingHours:
    return StandingHours(
        date.fromisoformat(valid_from),
        weekday,
        time.fromisoformat(opens_at),
        time.fromisoformat(closes_at),
        minutes,
        seats,
    )


def _closures(
    read: list[list[Any]],
) -> tuple[dict[date, str], dict[date, tuple[ClosedHours, ...]]]:
    whole_days: dict[date, str] = {}
    hours: dict[date, list[ClosedHours]] = defaultdict(list)
    for day, from_hour, until_hour, reason in read:
        if from_hour is None:
            whole_days[date.fromisoformat(day)] = reason
        else:
            closed = ClosedHours(
                time.fromisoformat(from_hour), time.fromisoformat(until_hour), reason
            )
            hours[date.fromisoformat(day)].append(closed)
    return whole_days, {day: tuple(of_day) for day, of_day in hours.items()}
