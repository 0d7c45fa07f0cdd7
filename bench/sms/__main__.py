"""`make sms-trial`: messages leave fast, and neither kills nor faults lose or repeat one."""

import signal
import sys
from datetime import date
from types import FrameType

from django.db import connections

from bench import CLUSTER, databases
from bench.closure.country import make_country
from bench.closure.plan import Plan as CountryPlan
from bench.sms.faults import try_faults
from bench.sms.kills import try_kills
from bench.sms.plan import Plan, plan_from
from bench.sms.speed import try_speed
from nobat import local_postgres

ENDS_WITHIN = 2700  # seconds, whatever happens


def main() -> None:
    trials, plan = plan_from()
    signal.signal(signal.SIGALRM, _give_up)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    signal.alarm(ENDS_WITHIN)
    with local_postgres.running(CLUSTER):
        try:
            databases.make_empty()
            day = make_country(CountryPlan(offices=plan.offices, appointments=100))
            _try(trials, plan, day)
        finally:
            signal.alarm(0)
            connections.close_all()
            databases.drop_all()


def _try(trials: set[str], plan: Plan, day: date) -> None:
    if "speed" in trials:
        print(f"\n{try_speed(plan)}", flush=True)
    if "kills" in trials:
        print(f"\n{try_kills(plan)}", flush=True)
    if "faults" in trials:
        print(f"\n{try_faults(plan, day)}", flush=True)


def _give_up(number: int, frame: FrameType | None) -> None:
    raise TimeoutError(f"not done within {ENDS_WITHIN} seconds")


if __name__ == "__main__":
    main()
