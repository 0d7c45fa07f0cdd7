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
    slot_id: int


class PartOfDay(NamedTuple):
    title: str
    tiles: list[Tile]


def parts_of_day(hours: Sequence[FreeHour], turns: int) -> list[PartOfDay]:
    before = [each for each in hours if _is_morning(each.starts_at)]
    after = hours[len(before) :]
    parts = [("صبح", before), ("بعدازظهر", after)]
    return [
        PartOfDay(title, [_tile(each, turns) for each in part]) for title, part in parts if part
    ]


def length_in_words(hours: Sequence[FreeHour], turns: int) -> str:
    """«هر نوبت ۳۰ دقیقه», if that holds for all of them."""
    lengths = {each.ends_at - each.starts_at for each in hours}
    if len(lengths) != 1:
        return ""
    minutes = fa_digits(lengths.pop() // timedelta(minutes=1))
    return f"هر نوبت {minutes} دقیقه" if turns == 1 else f"دو نوبت پشت هم، {minutes} دقیقه"


def _tile(free: FreeHour, turns: int) -> Tile:
    slot_id, starts_at, ends_at, seats = free
    time = _clock(starts_at) if turns == 1 else f"{_clock(starts_at)} تا {_clock(ends_at)}"
    return Tile(time, _left(seats), seats == 1, slot_id)


@lru_cache(maxsize=4096)  # most offices have the same hours
def _is_morning(moment: datetime) -> bool:
    return moment.astimezone(TEHRAN).time() < NOON


@lru_cache(maxsize=4096)
def _clock(moment: datetime) -> str:
    return hour(moment)


@lru_cache(maxsize=256)
def _left(seats: int) -> str:
    return "آخرین جا" if seats == 1 else f"{fa_digits(seats)} جا مانده"
