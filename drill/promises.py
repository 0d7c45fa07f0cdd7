"""The ledger against the database: whatever citizens were told has to be there, once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from drill.ledger import CONFIRMED, UNKNOWN, Told

CANCELLED = "cancelled_by_citizen"


@dataclass(frozen=True)
class Kept:
    """An appointment as it stands in the database."""

    citizen: int
    slot: int
    status: str


@dataclass(frozen=True)
class Found:
    """`by_key`: which appointment an act with this key has made or moved."""

    appointments: Mapping[str, Kept]  # by their tracking code
    by_key: Mapping[str, str]
    made_meanwhile: frozenset[str]  # tracking codes that are new


def lost(told: Iterable[Told], found: Found) -> list[str]:
    """Acts that somebody was told of and that are not, or no longer, in the database."""
    return [
        f"{reference}: {trouble}"
        for reference, acts in by_reference(told).items()
        for trouble in _trouble(acts, found.appointments.get(reference))
    ]


def doubled(told: Sequence[Told], found: Found) -> list[str]:
    """One key, and two answers or two appointments; an appointment that nobody asked for."""
    keys: dict[str, set[str]] = {}
    for each in told:
        if each.key and each.answer == CONFIRMED:
            keys.setdefault(each.key, set()).add(each.reference)
    twice = [f"key {key}: {sorted(codes)}" for key, codes in keys.items() if len(codes) > 1]
    other = [
        f"key {key}: told {sorted(codes)}, kept {found.by_key.get(key, 'nothing')}"
        for key, codes in keys.items()
        if len(codes) == 1 and found.by_key.get(key) not in codes
    ]
    asked = {each.reference for each in told} | {
        found.by_key.get(each.key, "") for each in told if each.answer == UNKNOWN
    }
    nobodys = [f"{code}: nobody asked for it" for code in sorted(found.made_meanwhile - asked)]
    return twice + other + nobodys


def by_reference(told: Iterable[Told]) -> dict[str, list[Told]]:
    """Of each appointment that somebody was told of, everything they did with it, in order."""
    acts: dict[str, list[Told]] = {}
    for each in sorted(told, key=lambda act: act.began):
        if each.reference:
            acts.setdefault(each.reference, []).append(each)
    return acts


def _trouble(acts: Sequence[Told], kept: Kept | None) -> list[str]:
    confirmed = [act for act in acts if act.answer == CONFIRMED]
    if not confirmed:
        return []
    if kept is None or kept.citizen != acts[0].citizen:
        return [f"{len(confirmed)} confirmed, and it is not there"]
    doubts = [act for act in acts if act.answer == UNKNOWN]
    is_cancelled = any(act.act == "cancel" for act in confirmed)
    may_be_cancelled = any(act.act == "cancel" for act in doubts)
    if (kept.status == CANCELLED) != is_cancelled and not may_be_cancelled:
        return [f"it is {kept.status}"]
    hours = [act.slot for act in confirmed if act.act in ("book", "move")][-1:]
    hours += [act.slot for act in doubts if act.act == "move"]
    return [] if not hours or kept.slot in hours else [f"it is at {kept.slot}, not at {hours}"]
