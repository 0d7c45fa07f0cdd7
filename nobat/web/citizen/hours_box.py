"""The hours of the chosen day as tiles, each leading to the page that confirms."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from nobat.schedule.availability import FreeHour
from nobat.shared.jalali import TEHRAN, hour
from nobat.shared.persian import fa_digits

NOON = time(12)


class Tile(NamedTuple):
    time: str  # «۰۹:۳۰», or for two turns «۰۹:۳۰ تا ۱۰:۳۰»
    left: str
    is_last: bool


class PartOfDay(NamedTuple):
    title: str
    hours: Sequence[FreeHour]


def parts_of_day(hours: Sequence[FreeHour]) -> list[PartOfDay]:
    before = [each for each in hours if _is_morning(each.starts_at)]
    parts = [PartOfDay("صبح", before), PartOfDay("بعدازظهر", hours[len(before) :])]
    return [part for part in parts if part.hours]


def tile(starts_at: datetime, ends_at: datetime, seats: int, turns: int) -> Tile:
    time = hour(starts_at) if turns == 1 else f"{hour(starts_at)} تا {hour(ends_at)}"
    left = "آخرین جا" if seats == 1 else f"{fa_digits(seats)} جا مانده"
    return Tile(time, left, seats == 1)


def length_in_words(hours: Sequence[FreeHour], turns: int) -> str:
    """«هر نوبت ۳۰ دقیقه», if that holds for all of them."""
    lengths = {each.ends_at - each.starts_at for each in hours}
    if len(lengths) != 1:
        return ""
    minutes = fa_digits(lengths.pop() // timedelta(minutes=1))
    return f"هر نوبت {minutes} دقیقه" if turns == 1 else f"دو نوبت پشت هم، {minutes} دقیقه"


@lru_cache(maxsize=4096)  # most offices have the same hours
def _is_morning(moment: datetime) -> bool:
    return moment.astimezone(TEHRAN).time() < NOON
