"""The hours of the chosen day as tiles, each leading to the page that confirms."""

from collections.abc import Sequence
from datetime import time, timedelta
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
    before = [each for each in hours if each.starts_at.astimezone(TEHRAN).time() < NOON]
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
    begins = hour(free.starts_at)
    return Tile(
        time=begins if turns == 1 else f"{begins} تا {hour(free.ends_at)}",
        left="آخرین جا" if free.seats == 1 else f"{fa_digits(free.seats)} جا مانده",
        is_last=free.seats == 1,
        slot_id=free.slot_id,
    )
