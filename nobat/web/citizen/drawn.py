"""Days, hours and services as HTML: of each there are so many that a template takes too long."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby

from django.utils.safestring import SafeString

from nobat.schedule.timetable import OfferedService
from nobat.web.citizen.calendar_months import Cell
from nobat.web.citizen.hours_box import Tile

_NO_DAY = "<td></td>"
_CURRENT = {True: ' aria-current="date"', False: ""}
_LAST = {True: " hour--last", False: ""}
_SELECTED = {True: " selected", False: ""}


def drawn_weeks(weeks: Iterable[Sequence[Cell | None]]) -> SafeString:
    """The rows of a month; a free day is a link to its hours."""
    return SafeString(
        "\n".join(
            f"<tr>{''.join(_day(cell) if cell else _NO_DAY for cell in week)}</tr>"
            for week in weeks
        )
    )


def drawn_tiles(tiles: Iterable[Tile]) -> SafeString:
    """The items of a list of hours."""
    return SafeString("".join(map(_tile, tiles)))


def drawn_services(services: Iterable[OfferedService], chosen: str) -> SafeString:
    """The lines of a select, grouped by their heads."""
    groups = groupby(services, key=lambda service: service.head)
    return SafeString("\n".join(_group(head, list(group), chosen) for head, group in groups))


def _day(cell: Cell) -> str:
    said = _said(cell.says, cell.number, cell.word)
    if not cell.address:
        return f'<td><span class="day day--{cell.style}">{said}</span></td>'
    return (
        f'<td><a class="day day--free" id="day-{cell.iso}" href="{escape(cell.address)}"'
        f"{_CURRENT[cell.is_chosen]}>{said}</a></td>"
    )


@lru_cache(maxsize=4096)  # the same few sentences stand in the calendars of all offices
def _said(says: str, number: str, word: str) -> str:
    seen = f'<span class="day__word" aria-hidden="true">{escape(word)}</span>' if word else ""
    return (
        f'<span class="visually-hidden">{escape(says)}</span>'
        f'<span class="day__num" aria-hidden="true">{number}</span>{seen}'
    )


def _tile(tile: Tile) -> str:
    return (
        f'<li><a class="hour{_LAST[tile.is_last]}" href="{escape(tile.address)}">'
        f"<b>{tile.time}</b><small>{tile.left}</small></a></li>"
    )


def _group(head: str, services: list[OfferedService], chosen: str) -> str:
    lines = "".join(
        f'<option value="{each.code}"{_SELECTED[each.code == chosen]}>{escape(each.title)}</option>'
        for each in services
    )
    return f'<optgroup label="{escape(head)}">{lines}</optgroup>' if head else lines
