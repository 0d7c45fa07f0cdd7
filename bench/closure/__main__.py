"""`make closure-trial`: ten thousand appointments fall out, the worker is killed twice."""

import resource
import time
from datetime import date
from uuid import uuid4

from django.utils import timezone

from bench import COUNTRY, databases
from bench.closure.country import make_country, make_member
from bench.closure.others import others_book
from bench.closure.plan import BUT_COUNTIES, PROVINCE, Plan, plan_from
from bench.closure.promises import verify
from bench.closure.report import Took, table, times
from bench.closure.worker import Worker, one_worker
from bench.in_time import TookTooLong, measuring, say
from bench.invariants import check_integrity
from bench.processor import used_ms
from nobat.orders.give import give_order
from nobat.orders.outcomes import progress_of
from nobat.orders.scope import seen_now, touched
from nobat.people.models import Person
from nobat.schedule.closure_models import OrderState
from nobat.schedule.models import ClosureOrder
from nobat.sms.models import Kind, OutgoingSms, State

ENDS_WITHIN = 900  # seconds, whatever happens
LOOKS_EVERY = 0.5  # seconds


def main() -> None:
    plan = plan_from()
    with measuring(ENDS_WITHIN):
        databases.make_empty()
        say(f"Making {plan.offices} offices …")
        _try(plan, make_country(plan))


def _try(plan: Plan, day: date) -> None:
    order = _order(make_member(), day)
    with others_book(day) as others:
        began = time.monotonic()
        seen = str(seen_now(order, timezone.now()))
        looked = time.monotonic()
        order = give_order(order=order, seen=seen)
        closed = time.monotonic()
        ids = list(touched(order).values_list("pk", flat=True))
        say(f"Closed on {day} for {len(ids):,} appointments. Telling them …")
        database, workers = used_ms(databases.postmaster()), _used_by_children()
        with one_worker() as worker:
            worker.start()
            _tell(plan, order, worker)
            told = time.monotonic()
            _wait_for_the_last_sms(worker)
            sent = time.monotonic()
    took = Took(
        looking=looked - began,
        closing=closed - looked,
        telling=told - closed,
        sending=sent - closed,
        worker_processor=_used_by_children() - workers,
        database_processor=(used_ms(databases.postmaster()) - database) / 1000,
        kills=worker.kills,
        others=others.answers,
    )
    say(f"\n{table(order)}\n\n{times(took, len(ids))}")
    promises = verify(order.pk, day, ids) + check_integrity(COUNTRY)
    if took.telling > plan.within:
        raise TookTooLong(f"more than {plan.within} seconds")
    say(f"\nEvery one of {promises} promises was kept.")


def _used_by_children() -> float:
    """Seconds of processor, of programs that have ended: killed workers, too."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _order(member: Person, day: date) -> ClosureOrder:
    """As the page of closures makes it."""
    return ClosureOrder(
        provinces=[PROVINCE],
        but_counties=BUT_COUNTIES,
        first_day=day,
        last_day=day,
        reason="آلودگی هوا",
        key=uuid4(),
        decided_by=member,
    )


def _tell(plan: Plan, order: ClosureOrder, worker: Worker) -> None:
    """Until all are told; the worker is killed whenever another part of them is."""
    while ClosureOrder.objects.get(pk=order.pk).state == OrderState.RUNNING:
        worker.refuse_if_it_broke()
        told, left = progress_of(order)
        due = (told + left) * (worker.kills + 1) // (plan.kills + 1)
        if worker.kills < plan.kills and told >= due:
            worker.kill()
            say(f"  killed the worker after {told:,}")
            worker.start()
        time.sleep(LOOKS_EVERY)


def _wait_for_the_last_sms(worker: Worker) -> None:
    waiting = OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED, state=State.WAITING)
    while waiting.exists():
        worker.refuse_if_it_broke()
        time.sleep(LOOKS_EVERY)


if __name__ == "__main__":
    main()
