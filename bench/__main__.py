"""`make bench`: bookings and office pages a second, beside the limit in the same minutes."""

import signal
import sys
from dataclasses import replace
from types import FrameType

from bench import CLUSTER, LIMIT, SITE, databases, report
from bench.country import make_country
from bench.invariants import Broken, check_integrity, turns_taken, verify
from bench.limit import measure_limit
from bench.plan import Plan, plan_from
from bench.requests import measure, warm_up
from bench.result import Result
from bench.site import Site, serving
from bench.visitors import Visitors
from nobat import local_postgres
from nobat.demo.serve import collect_static_files

ENDS_WITHIN = 280  # seconds, whatever happens


class TookTooLong(Exception):
    """Something hangs, or the machine is far too busy to measure on."""


def main() -> None:
    plan = plan_from()
    signal.signal(signal.SIGALRM, _give_up)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    signal.alarm(ENDS_WITHIN)
    with local_postgres.running(CLUSTER):
        facts = report.facts(plan)
        try:
            rounds = _measure(plan)
        finally:
            signal.alarm(0)
            databases.drop_all()
    report.write({"facts": facts, **report.summary(rounds)})
    _say(f"\n{report.table(rounds)}\n\nEvery promise was kept. Written to {report.FILE}")


def _measure(plan: Plan) -> dict[str, list[Result]]:
    collect_static_files()
    _say(f"Making {plan.offices} offices and {plan.citizens} citizens …")
    databases.make_empty()
    make_country(plan)
    databases.copy_country()
    with serving(plan.workers) as site:
        visitors = Visitors(site)
        measure_limit(replace(plan, seconds=1), databases.postmaster())  # warms up the database
        warm_up([visitors.booking, visitors.office_page], site=site, plan=plan)
        rounds = [_round(plan, site, visitors, number) for number in range(plan.rounds)]
    check_integrity()
    return {name: [each[name] for each in rounds] for name in rounds[0]}


def _round(plan: Plan, site: Site, visitors: Visitors, number: int) -> dict[str, Result]:
    _say(f"Round {number + 1} of {plan.rounds} …")
    postgres = databases.postmaster()
    limit = measure_limit(plan, postgres)
    verify(LIMIT)
    before = turns_taken(SITE)
    booking = visitors.booking()
    booked = measure(booking, site=site, plan=plan, postgres=postgres)
    verify(SITE)
    if turns_taken(SITE) - before != booking.good:
        raise Broken("not as many turns as citizens were told of")
    page = measure(visitors.office_page(), site=site, plan=plan, postgres=postgres)
    return {"limit": limit, "booking": booked, "office_page": page}


def _give_up(number: int, frame: FrameType | None) -> None:
    raise TookTooLong(f"not done within {ENDS_WITHIN} seconds")


def _say(what: str) -> None:
    print(what, flush=True)


if __name__ == "__main__":
    main()
