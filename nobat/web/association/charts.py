"""Drawings of figures as SVG: bars, columns, a line, and shares of a whole.

They are 400 wide and need no script. Each has a title with all of its numbers for those who
hear the page; every value also stands beside its mark. Time runs from right to left. Pages
run that way too, so that a text with the anchor «start» ends at its x and begins right of it.
"""

from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

WIDTH = 400
CLASSES = ("a", "b", "c", "d")  # the colours of the parts of a whole, in nobat.css
LONGEST_LABEL_BESIDE_A_BAR = 16
_STEPS = (1, 2, 5)


class Mark(NamedTuple):
    """One number: whose it is, how much, and how that is written."""

    label: str
    value: float | None  # None: there is nothing to say
    said: str


def bars(key: str, marks: Sequence[Mark], *, whole: float | None = None) -> SafeString:
    """One below the other, from the right; `whole` is what a full bar stands for."""
    largest = whole or max((mark.value or 0 for mark in marks), default=0) or 1
    is_beside = all(len(mark.label) <= LONGEST_LABEL_BESIDE_A_BAR for mark in marks)
    draw, height = (_bar_beside, 34) if is_beside else (_bar_below, 52)
    drawn = [draw(mark, nth * height, largest) for nth, mark in enumerate(marks)]
    return _svg(key, marks, len(marks) * height, drawn)


def _bar_beside(mark: Mark, top: int, largest: float) -> SafeString:
    return format_html(
        '<text x="400" y="{}" text-anchor="start">{}</text>{}',
        top + 20,
        mark.label,
        _bar(mark, top + 5, 276, largest),
    )


def _bar_below(mark: Mark, top: int, largest: float) -> SafeString:
    return format_html(
        '<text x="400" y="{}" text-anchor="start">{}</text>{}',
        top + 14,
        mark.label,
        _bar(mark, top + 22, 400, largest),
    )


def _bar(mark: Mark, top: int, right: int, largest: float) -> SafeString:
    track = right - 60
    width = round(track * min((mark.value or 0) / largest, 1))
    return format_html(
        '<rect class="track" x="60" y="{top}" width="{track}" height="20" rx="6"/>'
        '<rect class="a" x="{left}" y="{top}" width="{width}" height="20" rx="6"/>'
        '<text class="v" x="50" y="{base}" text-anchor="start">{said}</text>',
        top=top,
        track=track,
        left=right - width,
        width=width,
        base=top + 15,
        said=mark.said,
    )


def columns(key: str, marks: Sequence[Mark]) -> SafeString:
    """Side by side, the earliest at the right."""
    largest = max((mark.value or 0 for mark in marks), default=0) or 1
    step = WIDTH / max(len(marks), 1)
    width = min(round(step * 0.56), 60)
    drawn = [SafeString('<line class="axis" x1="0" x2="400" y1="172" y2="172"/>')]
    for nth, mark in enumerate(marks):
        middle = round(WIDTH - step * (nth + 0.5))
        height = round(138 * (mark.value or 0) / largest)
        drawn.append(
            format_html(
                '<rect class="a" x="{}" y="{}" width="{}" height="{}" rx="4"/>'
                '<text class="v" x="{middle}" y="{}" text-anchor="middle">{}</text>'
                '<text x="{middle}" y="192" text-anchor="middle">{}</text>',
                middle - width // 2,
                172 - height,
                width,
                height,
                166 - height,
                mark.said,
                mark.label,
                middle=middle,
            )
        )
    return _svg(key, marks, 200, drawn)


def line(key: str, marks: Sequence[Mark], ticks: dict[float, str]) -> SafeString:
    """A value through time, the earliest at the right; `ticks` are the lines behind it.

    The last of the ticks is the top of the drawing.
    """
    top = max(ticks)
    step = 346 / max(len(marks) - 1, 1)
    places = [(round(366 - step * nth), mark) for nth, mark in enumerate(marks)]
    drawn = [_tick(_height(value, top), said) for value, said in ticks.items()]
    known = [(x, _height(mark.value, top), mark) for x, mark in places if mark.value is not None]
    if len(known) > 1:
        way = "L".join(f"{x} {y}" for x, y, _ in known)
        drawn.append(format_html('<path class="line" d="M{}"/>', way))
    drawn += [
        format_html(
            '<circle class="a" cx="{x}" cy="{y}" r="4"/>'
            '<text class="v" x="{x}" y="{}" text-anchor="middle">{}</text>',
            y - 10,
            mark.said,
            x=x,
            y=y,
        )
        for x, y, mark in known
    ]
    drawn += [
        format_html('<text x="{}" y="212" text-anchor="middle">{}</text>', x, mark.label)
        for x, mark in places
    ]
    return _svg(key, marks, 220, drawn)


def _height(value: float, top: float) -> int:
    return round(190 - 160 * value / top)


def _tick(height: int, said: str) -> SafeString:
    return format_html(
        '<line class="axis" x1="6" x2="378" y1="{y}" y2="{y}"/>'
        '<text x="400" y="{}" text-anchor="start">{}</text>',
        height + 4,
        said,
        y=height,
    )


def ticks_up_to(largest: float) -> list[int]:
    """Nought and two to four round numbers, the last not below the largest value."""
    for size in count():
        for step in _STEPS:
            distance = step * 10**size
            if distance * 4 >= largest:
                lines = max(2, -int(-largest // distance))
                return [distance * number for number in range(lines + 1)]
    raise AssertionError("numbers go on")


def shares(key: str, marks: Sequence[Mark]) -> SafeString:
    """Parts of a whole, the first at the right, in the colours of CLASSES."""
    whole = sum(mark.value or 0 for mark in marks) or 1
    right, drawn = float(WIDTH), []
    for name, mark in zip(CLASSES, marks, strict=False):
        width = (mark.value or 0) / whole * WIDTH
        if width >= 1:
            shape = '<rect class="{}" x="{}" y="4" width="{}" height="32" rx="{}"/>'
            gap = 1 if width > 4 else 0
            left, inner = round(right - width + gap, 1), round(width - 2 * gap, 1)
            drawn.append(format_html(shape, name, left, inner, 4 if width > 8 else 0))
        right -= width
    return _svg(key, marks, 40, drawn)


def numbers_of(marks: Sequence[Mark]) -> str:
    """«تهران ۹۱٪، اصفهان ۷۸٪»"""
    return "، ".join(f"{mark.label} {mark.said}" for mark in marks)


def _svg(key: str, marks: Sequence[Mark], height: int, drawn: Sequence[SafeString]) -> SafeString:
    return format_html(
        '<svg viewBox="0 0 400 {}" role="img" aria-labelledby="chart-{key}">'
        '<title id="chart-{key}">{}</title>{}</svg>',
        height,
        numbers_of(marks),
        mark_safe("".join(drawn)),  # noqa: S308 made by format_html, each
        key=key,
    )
