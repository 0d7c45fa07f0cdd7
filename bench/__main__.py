"""`make bench`: bookings, pages and check-ins a second, beside the limit in the same minutes."""

from contextlib import nullcontext
from dataclasses import replace

from bench import databases, report
from bench.country import make_country
from bench.in_time import measuring, say
from bench.invariants import check_integrity
from bench.limit import measure_limit
from bench.peers import peers_serving
from bench.plan import Plan, plan_from
from bench.result import Result
from bench.rounds import Round
from bench.site import begin_log, serving
from nobat.demo.serve import collect_static_files


def main() -> None:
    plan = plan_from()
    with measuring(plan.within):
        facts = report.facts(plan)
        rounds = _measure(plan)
    report.write({"facts": facts, **report.summary(rounds)})
    say(f"\n{report.table(rounds)}\n\nEvery promise was kept. Written to {report.FILE}")


def _measure(plan: Plan) -> dict[str, list[Result]]:
    collect_static_files()
    begin_log()
    say(f"Making {plan.offices} offices and {plan.citizens} citizens …")
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
            say(f"Round {number + 1} of {plan.rounds} …")
            rounds.append(asking.measured())
    check_integrity()
    return {name: [each[name] for each in rounds] for name in rounds[0]}


if __name__ == "__main__":
    main()
