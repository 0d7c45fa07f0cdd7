"""What came back, held against what citizens were told."""

from collections.abc import Iterable
from typing import NamedTuple

from drill.restore.turns import Promise


class Verdict(NamedTuple):
    promised: int  # until the moment that is to be returned to
    found: int  # of them
    too_late: int  # promised after that moment, and there all the same
    holes: int  # gone, although something that was promised later is there

    @property
    def is_whole(self) -> bool:
        return self.found == self.promised and not self.too_late and not self.holes


def verdict(promises: Iterable[Promise], found: set[str], *, until: float) -> Verdict:
    """What was promised `until` a moment has to be there, and nothing of what came after it.

    The promises are in the order in which they were made.
    """
    before, after = [], []
    for promise in promises:
        (before if promise.at <= until else after).append(promise.reference in found)
    return Verdict(
        promised=len(before),
        found=sum(before),
        too_late=sum(after),
        holes=_holes([*before, *after]),
    )


def seconds_lost(promises: Iterable[Promise], found: set[str], *, disaster: float) -> float:
    """How old the oldest promise is that did not come back; 0: each of them did."""
    gone = [promise.at for promise in promises if promise.reference not in found]
    return round(disaster - min(gone), 1) if gone else 0.0


def _holes(are_there: list[bool]) -> int:
    last = max((place for place, is_there in enumerate(are_there) if is_there), default=-1)
    return are_there[: last + 1].count(False)
