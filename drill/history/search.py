"""Looks for an order in which acts that ran side by side make sense (Wing and Gong's search).

Each act takes effect at one instant between its begin and its end. A history is right if such
instants can be chosen for all acts so that a simple model, asked in that order, says of each what
people were told. Wing and Gong, Testing and verifying concurrent objects (1993); the memory of
what was seen is Lowe's (2017).
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

State = TypeVar("State", bound=Hashable)
Act = TypeVar("Act")


@dataclass(frozen=True)
class Span(Generic[Act]):
    """`ended`: infinite for an act of which nobody knows when it took effect."""

    act: Act
    began: float
    ended: float
    may_not_have_happened: bool = False


class TooManyOrders(Exception):
    """More was tried than is reasonable; nothing is known of this history."""


def has_an_order(
    spans: Sequence[Span[Act]],
    start: State,
    step: Callable[[State, Act], State | None],
    *,
    most: int = 200_000,
) -> bool:
    """`step` says what the model is after this act; None: it would not have answered so.

    Raises TooManyOrders when more than `most` states were looked at.
    """
    acts = sorted(spans, key=lambda span: span.began)
    needed = sum(1 << place for place, act in enumerate(acts) if not act.may_not_have_happened)
    seen: set[tuple[int, State]] = set()
    open_ends: list[tuple[int, State]] = [(0, start)]
    while open_ends:
        done, state = open_ends.pop()
        if done & needed == needed:
            return True
        if (done, state) in seen:
            continue
        seen.add((done, state))
        if len(seen) > most:
            raise TooManyOrders
        open_ends.extend(_next(acts, done, state, step))
    return False


def _next(
    acts: Sequence[Span[Act]], done: int, state: State, step: Callable[[State, Act], State | None]
) -> list[tuple[int, State]]:
    """An act may come next if no other one that is left had ended before it began."""
    found = []
    first_end = float("inf")
    for place, span in enumerate(acts):
        if span.began > first_end:
            break  # so did all that follow
        if done >> place & 1:
            continue
        if not span.may_not_have_happened:
            first_end = min(first_end, span.ended)
        after = step(state, span.act)
        if after is None:
            continue
        if after == state and not span.may_not_have_happened:
            return [(done | 1 << place, state)]  # it changes nothing: never wrong to take it now
        found.append((done | 1 << place, after))
    # The last one is tried first: what ended earliest.
    return sorted(found, key=lambda each: -_end(acts, done, each[0]))


def _end(acts: Sequence[Span[Act]], before: int, after: int) -> float:
    return acts[(before ^ after).bit_length() - 1].ended
