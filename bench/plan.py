"""How large the country of a measurement is, and how long each part of it takes."""

import argparse
from dataclasses import dataclass, fields


@dataclass(frozen=True, kw_only=True)
class Plan:
    offices: int = 1500
    citizens: int = 20_000
    days: int = 30
    booked: int = 20_000  # turns taken before anything is measured, as in a living country
    rounds: int = 5  # each of them measures everything once; the medians count
    seconds: int = 5  # of each measurement
    clients: int = 8  # of pgbench
    connections: int = 32  # of browsers
    workers: int = 2  # of the web
    within: int = 590  # seconds, whatever happens
    peers: bool = False  # beside us, what others would write


def plan_from(arguments: list[str] | None = None) -> Plan:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    for field in fields(Plan):
        if field.type is bool:
            parser.add_argument(f"--{field.name}", action="store_true")
        else:
            parser.add_argument(f"--{field.name}", type=int, default=field.default)
    return Plan(**vars(parser.parse_args(arguments)))
