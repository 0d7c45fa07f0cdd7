"""What one hour of one office says, asked by one person at a time."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from drill.ledger import CONFIRMED, Told

# A seat that is given up is free for others from a random moment of this time on (decision 32).
SOONEST, LATEST = 60.0, 600.0
SLACK = 1.0  # seconds between the clock of the ledger and that of the application


class KeptSeat(NamedTuple):
    """Free for others at some time between these two; for `reference` at once."""

    soonest: float
    latest: float
    reference: str


@dataclass(frozen=True)
class Hour:
    capacity: int
    taken: int = 0
    kept: tuple[KeptSeat, ...] = ()


def step(hour: Hour, told: Told, slot: int) -> Hour | None:
    """What this hour is after the act; None: it would not have been answered like that."""
    if told.answer != CONFIRMED:
        return hour if _is_full(hour, told) else None
    if told.act == "cancel" or told.left == slot:
        return _given_up(hour, told)
    return _taken(hour, told)


def _taken(hour: Hour, told: Told) -> Hour | None:
    kept = [each for each in hour.kept if each.reference != told.reference]
    certain = sum(each.soonest > told.ended + SLACK for each in kept)
    if hour.taken + certain >= hour.capacity:
        return None
    return replace(hour, taken=hour.taken + 1, kept=tuple(kept))


def _given_up(hour: Hour, told: Told) -> Hour | None:
    if not hour.taken:
        return None
    others = [each for each in hour.kept if each.reference != told.reference]
    seat = KeptSeat(told.began + SOONEST - SLACK, told.ended + LATEST + SLACK, told.reference)
    return replace(hour, taken=hour.taken - 1, kept=tuple(sorted([*others, seat])))


def _is_full(hour: Hour, told: Told) -> bool:
    possible = sum(
        each.latest > told.began and each.reference != told.reference for each in hour.kept
    )
    return hour.taken + possible >= hour.capacity
