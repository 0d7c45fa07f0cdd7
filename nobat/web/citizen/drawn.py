"""Days, hours and services as HTML: of each there are so many that a template takes too long."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from html import escape
from itertools import groupby

from django.utils.safestring import SafeString

from nobat.appointments.receipt_words import cases_of_turns, cases_span
from nobat.schedule.availability import Day, Days, FreeHour, State
from nobat.schedule.timetable import OfferedService
from nobat.shared.latest import Latest
from nobat.web.citizen.calendar_months import Month, cell, months, reasons
from nobat.web.citizen.hours_box import tile
from nobat.web.pattern import pieces_of

_NO_DAY = "<td></td>"
_ROWS = "\ue002"  # in whose place they stand; nobody types it
_CURRENT = {True: ' aria-current="date"', False: ""}
_LAST = {True: " hour--last", False: ""}
_SELECTED = {True: " selected", False: ""}
# By address: of an office, a subject and a number of cases.
_CALENDARS: Latest[tuple[tuple[str, ...], dict[date, int]]] = Latest(most=8192)


def drawn_calendar(
    days: Days, chosen: date | None, *, caption: str, address: Callable[[date], str]
) -> SafeString:
    """Months of days, and below them what there is to say of some; a free day is a link to its
    hours."""
    before, after = _around(escape(address(date.max)), date.max.isoformat())
    made_of = days, caption, before, after
    pieces, places = _CALENDARS.or_make(before, made_of, lambda: _calendar(*made_of))
    day = days.get(chosen) if chosen else None
    if not day:
        return SafeString("".join(pieces))
    place, cell = places[day.day], _cell(day, True, before, after)
    return SafeString("".join([*pieces[:place], *cell, *pieces[place + len(cell) :]]))


def _calendar(
    days: Days, caption: str, before: str, after: str
) -> tuple[tuple[str, ...], dict[date, int]]:
    """No day chosen: what stands side by side, and where in it each day begins.

    Plain texts in a tuple, in which the garbage collector does not look again and again.
    """
    rows = {f"{_ROWS}{number}": month for number, month in enumerate(months(days.all))}
    words = {
        "caption": caption,
        "months": [{"title": month.title, "rows": number} for number, month in rows.items()],
        "reasons": reasons(days.all),
    }
    pieces: list[str] = []
    places: dict[date, int] = {}
    for piece in pieces_of("citizen/_calendar.html", words):
        if piece not in rows:
            pieces.append(piece)
            continue
        for day, shown in _rows(rows[piece], before, after):
            if day:
                places[day.day] = len(pieces)
            pieces += shown
    return tuple([piece[:] for piece in pieces]), places


def _rows(month: Month, before: str, after: str) -> Iterator[tuple[Day | None, Sequence[str]]]:
    """Row after row, the days with their cells."""
    for week in month.weeks:
        yield None, ["<tr>"]
        for day in week:
            yield day, _cell(day, False, before, after) if day else [_NO_DAY]
        yield None, ["</tr>\n"]


def _cell(day: Day, is_chosen: bool, before: str, after: str) -> Sequence[str]:
    if day.state is not State.FREE:
        return [_day(day, is_chosen)]
    begin, end = _free_day(day, is_chosen, after)
    return begin, before, end


def drawn_tiles(
    hours: Iterable[FreeHour], turns: int, *, address: Callable[[int], str]
) -> SafeString:
    """The items of a list of hours, each a link to the page that confirms it."""
    before, after = _around(escape(address(0)), "0")
    items = []
    for slot_id, starts_at, ends_at, seats in hours:
        begin, end = _tile(starts_at, ends_at, seats, turns)
        items.append(f"{begin}{before}{slot_id}{after}{end}")
    return SafeString("".join(items))


@lru_cache(maxsize=4096)  # most offices have the same hours
def _tile(starts_at: datetime, ends_at: datetime, seats: int, turns: int) -> tuple[str, str]:
    """What stands around the address."""
    time, left, is_last = tile(starts_at, ends_at, seats, turns)
    begin = f'<li><a class="hour{_LAST[is_last]}" href="'
    return begin, f'"><b>{time}</b><small>{left}</small></a></li>'


@lru_cache(maxsize=1024)  # most offices offer the same
def drawn_services(services: tuple[OfferedService, ...], chosen: str) -> SafeString:
    """The lines of a select, grouped by their heads."""
    groups = groupby(services, key=lambda service: service.head)
    return SafeString("\n".join(_group(head, list(group), chosen) for head, group in groups))


@lru_cache(maxsize=64)
def drawn_cases(cases: int, turns: int, per_turn: int) -> SafeString:
    """One or two turns as lines of a select; a number within the same choice stays as it was
    asked."""
    lines = []
    for number, words in ((1, "یک نوبت"), (2, "دو نوبت")):
        fewest, most = cases_of_turns(number, per_turn)
        value = cases if turns == number else fewest
        says = f"{cases_span(fewest, most)} پرونده ({words})"
        lines.append(f'<option value="{value}"{_SELECTED[turns == number]}>{says}</option>')
    return SafeString("\n".join(lines))


def _around(address: str, what: str) -> tuple[str, str]:
    """What stands before the last of these words and after it: addresses differ in nothing else."""
    before, _, after = address.rpartition(what)
    return before, after


# Of most offices a day says the same, and of one the same for long.
@lru_cache(maxsize=4096)
def _free_day(day: Day, is_chosen: bool, after: str) -> tuple[str, str]:
    """What stands around the beginning of the address."""
    begin = f'<td><a class="day day--free" id="day-{day.day}" href="'
    end = f'{day.day}{after}"{_CURRENT[is_chosen]}>{_said(day, is_chosen)}</a></td>'
    return begin, end


@lru_cache(maxsize=4096)
def _day(day: Day, is_chosen: bool) -> str:
    style = cell(day, is_chosen=is_chosen).style
    return f'<td><span class="day day--{style}">{_said(day, is_chosen)}</span></td>'


def _said(day: Day, is_chosen: bool) -> str:
    _, number, word, says = cell(day, is_chosen=is_chosen)
    seen = f'<span class="day__word" aria-hidden="true">{escape(word)}</span>' if word else ""
    return (
        f'<span class="visually-hidden">{escape(says)}</span>'
        f'<span class="day__num" aria-hidden="true">{number}</span>{seen}'
    )


def _group(head: str, services: Sequence[OfferedService], chosen: str) -> str:
    lines = "".join(
        f'<option value="{each.code}"{_SELECTED[each.code == chosen]}>{escape(each.title)}</option>'
        for each in services
    )
    return f'<optgroup label="{escape(head)}">{lines}</optgroup>' if head else lines
