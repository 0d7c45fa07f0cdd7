"""An office's week in words: «شنبه تا چهارشنبه، ۰۸:۰۰ تا ۱۴:۰۰»."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from itertools import groupby
from typing import NamedTuple

from nobat.schedule.hours import Hours, week_on
from nobat.shared.jalali import WEEKDAYS, short_day
from nobat.shared.persian import fa_digits

Span = tuple[time, time]


class Week(NamedTuple):
    since: str  # «۱۲ آذر», or nothing for the week that holds now
    lines: list[str]


def opening_hours(rows: Sequence[Hours], *, today: date, last: date) -> list[Week]:
    """The week that holds now, and those that begin until the last day."""
    changes = sorted({row.valid_from for row in rows if today < row.valid_from <= last})
    now = week_on(rows, today)
    weeks = [Week("", _lines(now))] if now else []
    return weeks + [Week(short_day(day), _lines(week_on(rows, day))) for day in changes]


def _lines(week: Iterable[Hours]) -> list[str]:
    by_weekday = {
        weekday: _joined((row.opens_at, row.closes_at) for row in rows)
        for weekday, rows in groupby(week, key=lambda row: row.weekday)
    }
    return [f"{_days(run)}، {_said(by_weekday[run[0]])}" for run in _runs(by_weekday)]


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Stretches that touch are one to somebody outside the door."""
    joined: list[Span] = []
    for opens, closes in spans:
        if joined and joined[-1][1] == opens:
            opens = joined.pop()[0]
        joined.append((opens, closes))
    return joined


def _runs(by_weekday: dict[int, list[Span]]) -> list[list[int]]:
    """Weekdays that follow each other and have the same hours."""
    runs: list[list[int]] = []
    for weekday, spans in by_weekday.items():
        before = runs[-1][-1] if runs else None
        if before == weekday - 1 and by_weekday[before] == spans:
            runs[-1].append(weekday)
        else:
            runs.append([weekday])
    return runs


def _days(run: list[int]) -> str:
    first, last = WEEKDAYS[run[0]], WEEKDAYS[run[-1]]
    if first == last:
        return first
    return f"{first} و {last}" if len(run) == 2 else f"{first} تا {last}"


def _said(spans: list[Span]) -> str:
    return " و ".join(fa_digits(f"{opens:%H:%M} تا {closes:%H:%M}") for opens, closes in spans)
