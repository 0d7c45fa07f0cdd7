"""Which faults a drill has, and how long people book around each of them."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from drill.faults import FAULTS
from drill.places import DOCS


@dataclass(frozen=True, kw_only=True)
class Plan:
    only: Sequence[str]
    before: float = 8  # seconds of booking before each fault
    after: float = 10  # and after it has been mended
    within: int = 2400  # seconds, whatever happens
    document: Path = DOCS


def plan_from(arguments: list[str] | None = None) -> Plan:
    parser = argparse.ArgumentParser(
        prog="make drill", description=__doc__, epilog=f"Faults: {', '.join(FAULTS)}"
    )
    parser.add_argument("--only", default=",".join(FAULTS), help="faults, separated by commas")
    parser.add_argument("--before", type=float, default=Plan.before)
    parser.add_argument("--after", type=float, default=Plan.after)
    parser.add_argument("--within", type=int, default=Plan.within)
    parser.add_argument("--document", type=Path, default=DOCS, help="where the table is kept")
    asked = vars(parser.parse_args(arguments))
    asked["only"] = asked["only"].split(",")
    strange = sorted(set(asked["only"]) - FAULTS.keys())
    if strange:
        parser.error(f"no such fault: {', '.join(strange)}; there are {', '.join(FAULTS)}")
    return Plan(**asked)
