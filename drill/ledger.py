"""What citizens were told, act by act: the one thing that the database has to agree with."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

CONFIRMED, REFUSED, UNKNOWN = "confirmed", "refused", "unknown"


@dataclass(frozen=True, kw_only=True)
class Told:
    """One act of a citizen, from the first press of the button to what it said at last."""

    act: str  # book, move, cancel, check_in
    citizen: int
    slot: int  # that was wanted; of an appointment that is deleted or kept, its own
    began: float
    ended: float
    answer: str
    reason: str = ""  # of a refusal, the name of its class
    reference: str = ""
    key: str = ""
    left: int = 0  # the slot from which a move goes
    presses: int = 1


def write(told: Iterable[Told], file: Path) -> None:
    with open(file, "a", encoding="utf-8") as ledger:
        ledger.writelines(json.dumps(asdict(each)) + "\n" for each in told)


def read(file: Path) -> list[Told]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return sorted((Told(**json.loads(line)) for line in lines), key=lambda each: each.ended)


def outage(told: Sequence[Told], struck: float, until: float) -> float:
    """The longest time without a confirmation that ended after the fault, in seconds."""
    moments = sorted(each.ended for each in told if each.answer == CONFIRMED)
    moments = [*(moment for moment in moments if moment < until), until]
    gaps = zip([moments[0], *moments], moments, strict=False)
    return max((after - before for before, after in gaps if after > struck), default=0.0)
