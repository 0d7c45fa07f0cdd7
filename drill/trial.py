"""One fault: people book, it strikes, it is mended, the cluster is whole, and all is counted."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from drill.engine import Engine
from drill.faults import Fault
from drill.ledger import CONFIRMED, Told, outage, read
from drill.machines import CITIZENS
from drill.places import VAR
from drill.plan import Plan
from drill.program import Program
from drill.site import Site

ENDS_WITHIN = 100  # seconds, for whoever still presses the button
LOOKS_AGAIN_AFTER = 0.5


@dataclass(frozen=True, kw_only=True)
class Outcome:
    fault: str
    what: str
    struck: str  # which machine
    outage_s: float
    allowed_s: float
    whole_s: float  # from the mending until the cluster was whole
    acknowledged: int
    lost: int
    oversold: int
    refused: int
    unknown: int
    pressed_again: int
    wrong: list[str]  # whatever else does not agree, in words

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.oversold or self.wrong) and self.outage_s <= self.allowed_s


def try_fault(name: str, fault: Fault, *, engine: Engine, site: Site, plan: Plan) -> Outcome:
    ledger = VAR / f"ledger-{name}.jsonl"
    ledger.unlink(missing_ok=True)
    before = VAR / f"before-{name}.json"
    site.run("drill.inside.compare", "before", str(before))
    with _people_booking(ledger, site):
        time.sleep(plan.before)
        struck_at = time.time()
        struck = fault.strike(engine, site)
        try:
            time.sleep(max(fault.lasts - (time.time() - struck_at), 0))
        finally:
            struck.mend()
        mended_at = time.time()
        engine.wait_until_whole()
        whole_at = time.time()
        time.sleep(plan.after)
        until = time.time()
    told = read(ledger)
    found = json.loads(site.run("drill.inside.compare", "after", str(before), str(ledger)))
    broken = site.check_integrity()
    return Outcome(
        fault=name,
        what=fault.what,
        struck=struck.what,
        outage_s=round(outage(told, struck_at, until), 1),
        allowed_s=fault.allowed,
        whole_s=round(whole_at - mended_at, 1),
        acknowledged=_count(told, CONFIRMED),
        lost=found["lost"],
        oversold=found["oversold"],
        refused=_count(told, "refused"),
        unknown=_count(told, "unknown"),
        pressed_again=sum(each.presses > 1 for each in told),
        wrong=[*found["wrong"], *([broken] if broken else [])],
    )


def _count(told: list[Told], answer: str) -> int:
    return sum(each.answer == answer for each in told)


@contextmanager
def _people_booking(ledger: Path, site: Site) -> Iterator[None]:
    people = Program(
        ledger.stem,
        CITIZENS,
        [sys.executable, "-m", "drill.inside.citizens", str(ledger)],
        environment=site.settings,
    )
    people.start()
    try:
        _wait_for_the_first(ledger, people)
        yield
    finally:
        if people.process:
            people.process.terminate()
            try:
                people.process.wait(ENDS_WITHIN)
            except subprocess.TimeoutExpired:
                people.kill()


def _wait_for_the_first(ledger: Path, people: Program) -> None:
    while people.runs and not ledger.exists():
        time.sleep(LOOKS_AGAIN_AFTER)
    if not people.runs:
        raise RuntimeError(f"nobody books: {people.log}")
