"""`make bench`: bookings, pages and check-ins a second, beside the limit in the same minutes."""

import signal
import sys
from contextlib import nullcontext
from dataclasses import replace
from types import FrameType

from bench import CLUSTER, databases, report
from bench.country import make_country
from bench.invariants import check_integrity
from bench.limit import measure_limit
from bench.peers import peers_serving
from bench.plan import Plan, plan_from
from bench.result import Result
from bench.rounds import Round
from bench.site import begin_log, serving
from nobat import local_postgres
from nobat.demo.serve import collect_static_files


class TookTooLong(Exception):
    """Something hangs, or the machine is far too busy to measure on."""


def main() -> None:
    plan = plan_from()
    signal.signal(signal.SIGALRM, _give_up)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    signal.alarm(plan.within)
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
    begin_log()
    _say(f"Making {plan.offices} offices and {plan.citizens} citizens …")
    databases.make_empty()
    make_country(plan)
    databases.copy_country()
    postgres = databases.postmaster()
    peers = peers_serving(plan.workers) if plan.peers else nullcontext({})
    with serving(plan.workers) as site, peers as others:
        asking = Round.at(site, plan, postgres, others)
        measure_limit(replace(plan, seconds=1), postgres)  # warms up the database
        asking.warm_up()
        rounds = []
        for number in range(plan.rounds):
            _say(f"Round {number + 1} of {plan.rounds} …")
            rounds.append(asking.measured())
    check_integrity()
    return {name: [each[name] for each in rounds] for name in rounds[0]}


def _give_up(number: int, frame: FrameType | None) -> None:
    raise TookTooLong("not done in time; see --within")


def _say(what: str) -> None:
    print(what, flush=True)


if __name__ == "__main__":
    main()
