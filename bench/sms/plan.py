"""What is tried, and for how long."""

import argparse
from dataclasses import dataclass, fields


@dataclass(frozen=True, kw_only=True)
class Plan:
    messages: int = 10_000  # of one closure
    answers_after: int = 200  # milliseconds until the gateway answers
    within: int = 120  # seconds until all of them must have left
    kills: int = 100
    fault_seconds: int = 20
    offices: int = 60


def plan_from(arguments: list[str] | None = None) -> tuple[set[str], Plan]:
    """Which of the three trials, and how large."""
    parser = argparse.ArgumentParser(prog="python -m bench.sms", description=__doc__)
    parser.add_argument("--only", choices=["speed", "kills", "faults"])
    for field in fields(Plan):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=int, default=field.default)
    values = vars(parser.parse_args(arguments))
    only = values.pop("only")
    return {only} if only else {"speed", "kills", "faults"}, Plan(**values)
