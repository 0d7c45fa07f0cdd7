"""What one citizen may hold: two turns at an office on a day, and one place at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from drill.ledger import CONFIRMED, Told

TURNS_PER_OFFICE_AND_DAY = 2


class When(NamedTuple):
    """Of a slot, what matters to a citizen."""

    office: int
    day: str
    starts_at: float
    ends_at: float


class Turn(NamedTuple):
    reference: str
    slot: int
    is_checked_in: bool = False


@dataclass(frozen=True)
class Rules:
    """The slots of the country, and until when somebody may not book."""

    slots: Mapping[int, When]
    suspended_until: float = 0


Held = frozenset[Turn]


def step(held: Held, told: Told, rules: Rules) -> Held | None:
    """What the citizen holds after the act; None: it would not have been answered like that."""
    own = next((turn for turn in held if turn.reference == told.reference), None)
    if told.answer != CONFIRMED:
        return held if _is_justified(held, told, rules, own) else None
    if told.act == "book":
        is_allowed = own is None and _may_take(held, told, rules)
        return held | {Turn(told.reference, told.slot)} if is_allowed else None
    if own is None or own.is_checked_in:
        return None
    rest = held - {own}
    if told.act == "cancel":
        return rest
    if told.act == "check_in":
        return rest | {own._replace(is_checked_in=True)}
    return rest | {Turn(told.reference, told.slot)} if _may_take(rest, told, rules) else None


def _may_take(held: Held, told: Told, rules: Rules) -> bool:
    return not (
        _are_two_there(held, told, rules)
        or _is_elsewhere(held, told, rules)
        or (told.began > 0 and told.ended < rules.suspended_until)
    )


def _are_two_there(held: Held, told: Told, rules: Rules) -> bool:
    there = rules.slots[told.slot]
    same = [rules.slots[turn.slot] for turn in held if turn.slot in rules.slots]
    count = sum((when.office, when.day) == (there.office, there.day) for when in same)
    return count >= TURNS_PER_OFFICE_AND_DAY


def _is_elsewhere(held: Held, told: Told, rules: Rules) -> bool:
    there = rules.slots[told.slot]
    whens = [rules.slots[turn.slot] for turn in held if turn.slot in rules.slots]
    return any(when.starts_at < there.ends_at and there.starts_at < when.ends_at for when in whens)


def _is_justified(held: Held, told: Told, rules: Rules, own: Turn | None) -> bool:
    others = held - {own} if own else held
    if told.reason == "TooManyAppointments":
        return _are_two_there(others, told, rules)
    if told.reason == "AlreadyBookedThen":
        return _is_elsewhere(others, told, rules)
    if told.reason == "Suspended":
        return told.began < rules.suspended_until
    if told.reason == "NotPossibleNow":
        return own is None or own.is_checked_in
    return True  # another rule's matter
