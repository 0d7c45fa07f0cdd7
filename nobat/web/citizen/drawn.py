"""Days, hours and services as HTML: of each there are so many that a template takes too long."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from html import escape
from itertools import groupby

from django.utils.safestring import SafeString

from nobat.appointments.receipt_words import cases_of_turns, cases_span
from nobat.schedule.availability import Day, State
from nobat.schedule.timetable import OfferedService
from nobat.web.citizen.calendar_months import Month, cell
from nobat.web.citizen.hours_box import Tile

_NO_DAY = "<td></td>"
_CURRENT = {True: ' aria-current="date"', False: ""}
_LAST = {True: " hour--last", False: ""}
_SELECTED = {True: " selected", False: ""}


def drawn_weeks(month: Month, *, chosen: date | None, address: Callable[[date], str]) -> SafeString:
    """The rows of a month; a free day is a link to its hours."""
    before, after = _around(escape(address(date.max)), date.max.isoformat())

    def drawn(day: Day | None) -> str:
        if day is None:
            return _NO_DAY
        if day.state is not State.FREE:
            return _day(day, day.day == chosen)
        begin, end = _free_day(day, day.day == chosen)
        return f"{begin}{before}{day.day}{after}{end}"

    return SafeString("\n".join(f"<tr>{''.join(map(drawn, week))}</tr>" for week in month.weeks))


def drawn_tiles(tiles: Iterable[Tile], *, address: Callable[[int], str]) -> SafeString:
    """The items of a list of hours, each a link to the page that confirms it."""
    before, after = _around(escape(address(0)), "0")
    return SafeString(
        "".join(
            f'<li><a class="hour{_LAST[tile.is_last]}" href="{before}{tile.slot_id}{after}">'
            f"<b>{tile.time}</b><small>{tile.left}</small></a></li>"
            for tile in tiles
        )
    )


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
def _free_day(day: Day, is_chosen: bool) -> tuple[str, str]:
    """Before and after the address of its hours."""
    begin = f'<td><a class="day day--free" id="day-{day.day}" href="'
    return begin, f'"{_CURRENT[is_chosen]}>{_said(day, is_chosen)}</a></td>'


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
