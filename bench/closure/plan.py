"""How large the closure of a trial is, and what closes."""

import argparse
from dataclasses import dataclass, fields

PROVINCE = "23"  # Tehran
BUT_COUNTIES = ["2302", "2314"]  # Damavand and Firuzkuh, as so often
NEIGHBOURS = ["00", "02", "20", "25", "26", "30"]  # the provinces around it


@dataclass(frozen=True, kw_only=True)
class Plan:
    offices: int = 1500  # in the whole country, spread as people live
    appointments: int = 10_000  # on the day that closes, in what closes
    kills: int = 2
    within: int = 300  # seconds until everybody must have been told


def plan_from(arguments: list[str] | None = None) -> Plan:
    parser = argparse.ArgumentParser(prog="python -m bench.closure", description=__doc__)
    for field in fields(Plan):
        parser.add_argument(f"--{field.name}", type=int, default=field.default)
    return Plan(**vars(parser.parse_args(arguments)))
