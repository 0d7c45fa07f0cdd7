"""`make sms-trial`: messages leave fast, and neither kills nor faults lose or repeat one."""

from datetime import date

from bench import databases
from bench.closure.country import make_country
from bench.closure.plan import Plan as CountryPlan
from bench.in_time import measuring
from bench.sms.faults import try_faults
from bench.sms.kills import try_kills
from bench.sms.plan import Plan, plan_from
from bench.sms.speed import try_speed

ENDS_WITHIN = 2700  # seconds, whatever happens


def main() -> None:
    trials, plan = plan_from()
    with measuring(ENDS_WITHIN):
        databases.make_empty()
        day = make_country(CountryPlan(offices=plan.offices, appointments=100))
        _try(trials, plan, day)


def _try(trials: set[str], plan: Plan, day: date) -> None:
    if "speed" in trials:
        print(f"\n{try_speed(plan)}", flush=True)
    if "kills" in trials:
        print(f"\n{try_kills(plan)}", flush=True)
    if "faults" in trials:
        print(f"\n{try_faults(plan, day)}", flush=True)


if __name__ == "__main__":
    main()
