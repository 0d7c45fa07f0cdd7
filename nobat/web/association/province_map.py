"""The provinces on a map, coloured by how far away the first free turn is.

The paths come from scripts/province_paths.py. Colour is not alone: each province bears its
number, says it in its title, and stands with it in the table.
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from nobat.figures.parts import PartRow
from nobat.web.association.figure_words import said_days

_PATHS = Path(__file__).with_name("province_paths.json")
NOT_MEASURED = "step-none"


class Step(NamedTuple):
    name: str  # in nobat.css
    until: float  # days, including these
    words: str


STEPS = (
    Step("step-1", 2, "تا ۲ روز"),
    Step("step-2", 4, "بیش از ۲ تا ۴ روز"),
    Step("step-3", 7, "بیش از ۴ تا ۷ روز"),
    Step("step-4", 14, "بیش از ۷ تا ۱۴ روز"),
    Step("step-5", float("inf"), "بیش از ۱۴ روز"),
)


class InLegend(NamedTuple):
    name: str
    words: str
    provinces: int


def province_map(rows: list[PartRow], address_of: Callable[[str], str]) -> SafeString:
    """`address_of` a province's code is the page that shows it alone."""
    by_code = {row.code: row for row in rows}
    drawn = [
        (_province(shape, by_code.get(shape["code"]), address_of),) for shape in _map()["provinces"]
    ]
    return format_html(
        '<svg viewBox="0 0 400 {}" role="group" aria-labelledby="chart-map">'
        '<title id="chart-map">نقشهٔ استان‌ها؛ عدد هر استان، چند روز تا اولین وقت آزاد است</title>'
        "{}</svg>",
        _map()["height"],
        format_html_join("", "{}", drawn),
    )


def legend(rows: list[PartRow]) -> list[InLegend]:
    """Every step with the number of its provinces, and those that were not measured."""
    names = [step_of(row.figures.days_to_first_free) for row in rows]
    steps = [InLegend(step.name, step.words, names.count(step.name)) for step in STEPS]
    unknown = len(_map()["provinces"]) - sum(each.provinces for each in steps)
    return [*steps, InLegend(NOT_MEASURED, "اندازه گرفته نشده", unknown)]


def step_of(days: float | None) -> str:
    if days is None:
        return NOT_MEASURED
    # As it is written: 2.04 days are said to be two.
    return next(step.name for step in STEPS if round(days, 1) <= step.until)


def _province(
    shape: dict[str, Any], row: PartRow | None, address_of: Callable[[str], str]
) -> SafeString:
    days = row.figures.days_to_first_free if row else None
    path = format_html('<path class="province {}" d="{}"/>', step_of(days), shape["path"])
    if row is None:
        return path
    number = format_html(
        '<text class="{}-text" x="{}" y="{}" text-anchor="middle">{}</text>',
        step_of(days),
        shape["x"],
        shape["y"] + 4,
        "" if days is None else said_days(round(days)).split()[0],
    )
    says = f"{row.name}: {'اندازه گرفته نشده' if days is None else said_days(days)}"
    return format_html(
        '<a href="{}" aria-label="{says}"><title>{says}</title>{}{}</a>',
        address_of(row.code),
        path,
        number,
        says=says,
    )


@cache
def _map() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_PATHS.read_text(encoding="utf-8"))
    return found
