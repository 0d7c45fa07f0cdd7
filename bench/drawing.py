"""Curves as a picture (SVG) that a browser and GitHub show: no library, no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, log10

WIDTH, HEIGHT = 720, 200
LEFT, RIGHT, TOP, BOTTOM = 64, 150, 34, 30
COLOURS = ("#0f766e", "#b45309", "#4338ca", "#be123c")
STYLE = (
    "svg{font:12px sans-serif;background:#fff}text{fill:#334155}.title{font-weight:bold}"
    ".grid{stroke:#e2e8f0}.curve{fill:none;stroke-width:2}"
)
LINES = 4  # of the grid, and the ground


@dataclass(frozen=True)
class Curve:
    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Panel:
    """One diagram: curves over the same line, with a unit."""

    title: str
    curves: Sequence[Curve]
    ticks: Sequence[tuple[float, str]]  # what stands below, and where


def picture(panels: Sequence[Panel]) -> str:
    """The panels, one below the other."""
    height = HEIGHT * len(panels)
    inner = "\n".join(_panel(panel, HEIGHT * number) for number, panel in enumerate(panels))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img">\n'
        f"<title>{escape('; '.join(panel.title for panel in panels))}</title>\n"
        f"<style>{STYLE}</style>\n{inner}\n</svg>\n"
    )


def top_of(highest: float) -> float:
    """A round number that no point is above: 1, 2, 2.5 or 5 of a power of ten."""
    if highest <= 0:
        return 1.0
    power = 10.0 ** (ceil(log10(highest)) - 1)
    return next(power * step for step in (1, 2, 2.5, 5, 10) if power * step >= highest)


def _panel(panel: Panel, down: int) -> str:
    points = [point for curve in panel.curves for point in curve.points]
    across = [x for x, _ in points] + [x for x, _ in panel.ticks]
    place = _Place(min(across), max(across), top_of(max(y for _, y in points)), down)
    parts = [f'<text class="title" x="{LEFT}" y="{down + 18}">{escape(panel.title)}</text>']
    parts += [_line_at(place, place.top * number / LINES) for number in range(LINES + 1)]
    parts += [
        f'<text x="{place.x(x):.1f}" y="{down + HEIGHT - 12}" text-anchor="middle">'
        f"{escape(word)}</text>"
        for x, word in panel.ticks
    ]
    parts += [_curve(curve, place, number) for number, curve in enumerate(panel.curves)]
    return "\n".join(parts)


@dataclass(frozen=True)
class _Place:
    first: float
    last: float
    top: float
    down: int

    def x(self, value: float) -> float:
        width = (self.last - self.first) or 1
        return LEFT + (value - self.first) / width * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        return self.down + HEIGHT - BOTTOM - value / self.top * (HEIGHT - TOP - BOTTOM)


def _line_at(place: _Place, value: float) -> str:
    y = place.y(value)
    return (
        f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{_in_short(value)}</text>'
    )


def _in_short(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"


def _curve(curve: Curve, place: _Place, number: int) -> str:
    colour = COLOURS[number % len(COLOURS)]
    line = " ".join(f"{place.x(x):.1f},{place.y(y):.1f}" for x, y in curve.points)
    named = place.down + TOP + 14 + 18 * number
    return (
        f'<polyline class="curve" stroke="{colour}" points="{line}"/>'
        f'<rect x="{WIDTH - RIGHT + 12}" y="{named - 8}" width="12" height="4" fill="{colour}"/>'
        f'<text x="{WIDTH - RIGHT + 30}" y="{named}">{escape(curve.name)}</text>'
    )
