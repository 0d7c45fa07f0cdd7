"""`python -m bench.growth`: what a request costs as the country and its past grow.

The same three requests with 1,500 and with 6,000 offices, and with thirty and with ninety days of
slots: nobody can book further ahead than a month, so that the other sixty days have gone by.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connections

from bench import SITE, databases
from bench.citizens import Citizens
from bench.country import make_country, make_offices
from bench.drawing import Curve, Panel, picture
from bench.in_time import measuring
from bench.invariants import verify
from bench.plan import Plan
from bench.requests import measure, warm_up
from bench.result import Result, median_of
from bench.site import begin_log, serving
from nobat.demo.serve import collect_static_files
from nobat.local_postgres import VAR

FILE = VAR / "bench-growth.json"
PICTURE = Path(__file__).resolve().parent.parent / "docs/pictures/growth.svg"
TIMES_AS_MANY = 4
NAMES = {"booking": "A booking", "office_page": "The page of an office", "search": "A search"}
# Whole weeks, so that weekdays stay; twice thirty days or so.
_ADD_PAST = """
INSERT INTO schedule_slot (office_id, day, starts_at, ends_at, capacity, offered, taken)
SELECT office_id, day - ago, starts_at - make_interval(days => ago),
    ends_at - make_interval(days => ago), capacity, capacity, 0
FROM schedule_slot, unnest(ARRAY[35, 70]) AS ago
ON CONFLICT DO NOTHING
"""
Found = dict[str, Result]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--offices", type=int, default=1500)
    parser.add_argument("--citizens", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--within", type=int, default=600, help="seconds, whatever happens")
    parser.add_argument("--picture", type=Path, default=PICTURE)
    asked = vars(parser.parse_args())
    drawn = asked.pop("picture")
    with measuring(asked["within"]):
        found = _measure(Plan(**asked))
    costs = {size: costs_of(results) for size, results in found.items()}
    FILE.write_text(json.dumps(costs, indent=2) + "\n")
    drawn.write_text(growth_picture(costs))


def _measure(plan: Plan) -> dict[str, Found]:
    collect_static_files()
    begin_log()
    databases.make_empty()
    make_country(plan)
    found = _with_and_without_past(plan, "1×")
    more = plan.offices * (TIMES_AS_MANY - 1)
    make_offices(more, days=plan.days, first=plan.offices)
    connections.close_all()
    return found | _with_and_without_past(plan, f"{TIMES_AS_MANY}×")


def _with_and_without_past(plan: Plan, size: str) -> dict[str, Found]:
    databases.drop(SITE)
    databases.copy_country(SITE)
    found = {}
    steps: dict[str, Callable[[], None]] = {"30 days": _put_in_order, "90 days": _add_past}
    for days, make_ready in steps.items():
        make_ready()
        found[f"{size}, {days}"] = _three_requests(plan, len(found))
        print(f"{size}, {days}: {costs_of(found[f'{size}, {days}'])}", flush=True)
    return found


def _put_in_order() -> None:
    with databases.connected(SITE) as connection:
        connection.execute("VACUUM (ANALYZE)")


def _add_past() -> None:
    with databases.connected(SITE) as connection:
        connection.execute(_ADD_PAST)
    _put_in_order()


def _three_requests(plan: Plan, number: int) -> Found:
    postgres = databases.postmaster()
    with serving(plan.workers) as site:
        citizens = Citizens(site, number)
        loads = {name: getattr(citizens, name) for name in NAMES}
        for load in loads.values():
            warm_up(load(), site=site, plan=plan)
        rounds = [
            {
                name: measure(load(), site=site, plan=plan, postgres=postgres)
                for name, load in loads.items()
            }
            for _ in range(plan.rounds)
        ]
    verify(SITE)
    return {name: median_of([each[name] for each in rounds]) for name in NAMES}


def costs_of(results: Found) -> dict[str, dict[str, Any]]:
    """Processor time per request, in milliseconds."""
    return {
        name: {
            "app_cpu_ms": round(result.app_cpu_ms or 0, 3),
            "db_cpu_ms": round(result.db_cpu_ms, 3),
        }
        for name, result in results.items()
    }


def growth_picture(costs: dict[str, dict[str, dict[str, Any]]]) -> str:
    """One panel for each request, from the smallest country to the largest."""
    ticks = [(float(place), size) for place, size in enumerate(costs)]

    def curve(name: str, of: str, value: str) -> Curve:
        return Curve(name, [(place, costs[size][of][value]) for place, size in ticks])

    return picture(
        [
            Panel(
                f"{title}: milliseconds of a processor",
                [curve("application", of, "app_cpu_ms"), curve("database", of, "db_cpu_ms")],
                ticks,
            )
            for of, title in NAMES.items()
        ]
    )


if __name__ == "__main__":
    main()
