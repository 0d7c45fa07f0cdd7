"""The whole history: by slot and by citizen, since neither knows of the other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from drill.history import citizen_model, slot_model
from drill.history.citizen_model import Held, Rules, Turn, When
from drill.history.search import Span, TooManyOrders, has_an_order
from drill.history.slot_model import Hour, KeptSeat
from drill.ledger import CONFIRMED, REFUSED, UNKNOWN, Told
from drill.promises import Found

FULL = "SlotFull"
NEVER = float("inf")


@dataclass(frozen=True)
class Before:
    """What stood there before the first act."""

    hours: Mapping[int, Hour]
    slots: Mapping[int, When]
    held: Mapping[int, Held] = field(default_factory=dict)  # by citizen
    suspended_until: Mapping[int, float] = field(default_factory=dict)
    references: frozenset[str] = frozenset()

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Before":
        kept: defaultdict[int, list[KeptSeat]] = defaultdict(list)
        for slot, until, reference in said["kept"]:
            kept[slot].append(KeptSeat(until, until, reference))
        held: defaultdict[int, set[Turn]] = defaultdict(set)
        for reference, citizen, slot in said["held"]:
            held[citizen].add(Turn(reference, slot))
        return cls(
            hours={
                row[0]: Hour(row[1], row[2], tuple(sorted(kept[row[0]]))) for row in said["slots"]
            },
            slots={row[0]: When(*row[3:]) for row in said["slots"]},
            held={citizen: frozenset(turns) for citizen, turns in held.items()},
            suspended_until=dict(said["suspended"]),
            references=frozenset(said["references"]),
        )


def findings(told: Sequence[Told], before: Before, found: Found) -> list[str]:
    """Hours and citizens of whom something was said that cannot have been; none is right."""
    acts = _one_per_key([known for each in told for known in _with_what_is_known(each, found)])
    return [
        *_impossible("slot", _by_slot(acts), partial(_slot_has_an_order, before=before)),
        *_impossible("citizen", _by_citizen(acts), partial(_citizen_has_an_order, before=before)),
    ]


def _with_what_is_known(told: Told, found: Found) -> Iterator[Told]:
    """An act without an answer that made an appointment did happen, some time; one with a fresh
    key that the database has never seen did not, and will not."""
    if told.answer != UNKNOWN or not told.key:
        yield told
    elif told.key in found.by_key:
        yield replace(told, answer=CONFIRMED, reference=found.by_key[told.key], ended=NEVER)


def _one_per_key(acts: Iterable[Told]) -> list[Told]:
    """Pressed twice, confirmed twice: one act, which had happened when the first answer came.

    A refusal of a key that was confirmed must not be for what that very key has taken.
    """
    acts = list(acts)
    first: dict[str, Told] = {}
    for act in acts:
        if act.key and act.answer == CONFIRMED:
            other = first.get(act.key, act)
            began, ended = min(act.began, other.began), min(act.ended, other.ended)
            first[act.key] = replace(other, began=began, ended=ended)
    others = [act for act in acts if act.key not in first or act.answer != CONFIRMED]
    return [*first.values(), *(_of_its_key(act, first.get(act.key)) for act in others)]


def _of_its_key(act: Told, confirmed: Told | None) -> Told:
    return replace(act, reference=confirmed.reference) if confirmed else act


def _by_slot(acts: Iterable[Told]) -> dict[int, list[Told]]:
    slots: defaultdict[int, list[Told]] = defaultdict(list)
    for act in acts:
        if act.act == "check_in":
            continue  # keeps its seat
        if act.answer != REFUSED or act.reason == FULL:
            slots[act.slot].append(act)
        if act.left and act.answer != REFUSED:
            slots[act.left].append(act)
    return slots


def _by_citizen(acts: Iterable[Told]) -> dict[int, list[Told]]:
    citizens: defaultdict[int, list[Told]] = defaultdict(list)
    for act in acts:
        citizens[act.citizen].append(act)
    return citizens


def _slot_has_an_order(slot: int, acts: Sequence[Told], *, before: Before) -> bool:
    return has_an_order(
        [_span(act) for act in acts],
        before.hours[slot],
        partial(_as_confirmed, partial(slot_model.step, slot=slot)),
    )


def _citizen_has_an_order(citizen: int, acts: Sequence[Told], *, before: Before) -> bool:
    rules = Rules(before.slots, before.suspended_until.get(citizen, 0))
    return has_an_order(
        [_span(act) for act in acts],
        before.held.get(citizen, frozenset()),
        partial(_as_confirmed, partial(citizen_model.step, rules=rules)),
    )


def _span(act: Told) -> Span[Told]:
    is_unknown = act.answer == UNKNOWN
    return Span(act, act.began, NEVER if is_unknown else act.ended, is_unknown)


def _as_confirmed(step: Any, state: Any, act: Told) -> Any:
    """If one without an answer has happened, it did what it would have been told."""
    return step(state, replace(act, answer=CONFIRMED) if act.answer == UNKNOWN else act)


def _impossible(what: str, histories: Mapping[int, Sequence[Told]], holds: Any) -> list[str]:
    wrong = []
    for name, acts in histories.items():
        try:
            if not holds(name, acts):
                wrong.append(f"{what} {name}: its {len(acts)} answers fit no order")
        except TooManyOrders:
            wrong.append(f"{what} {name}: too many orders for {len(acts)} answers")
    return wrong
