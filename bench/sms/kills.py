"""The worker is killed a hundred times, at each step that a message takes."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from threading import Event

from bench.closure.worker import Worker, one_worker
from bench.sms.ledger import (
    begin_anew,
    forget_leases,
    queue_closures,
    queue_code,
    states,
    taken,
    wait_until_settled,
)
from bench.sms.plan import Plan
from bench.sms.providers import KAVENEGAR, MAGFA, Phones, Watched, provider
from nobat.sms.models import Kind, OutgoingSms, State

STEPS = ["claimed", "arrived", "taken", "answered", "noted"]
MESSAGES_EACH_TIME = 60
ANSWERS_AFTER = 0.03  # seconds
PATIENCE = 30  # seconds for a worker to come to a step


class LostOrRepeated(Exception):
    """A message was lost, or came twice though its gateway could be asked."""


def try_kills(plan: Plan) -> str:
    lines = []
    for name, path in (("kavenegar", KAVENEGAR), ("magfa", MAGFA)):
        phones = Phones()
        os.environ["SMS_GATEWAY"] = path
        begin_anew()
        with provider(phones, name, delay=ANSWERS_AFTER) as stand_in, one_worker() as worker:
            killed = _kill_again_and_again(plan.kills // 2, stand_in, worker)
            worker.start()
            wait_until_settled(120)
        lines.append(_line(name, killed, phones))
    return "\n".join(["gateway     killed   at each step", *lines])


def _kill_again_and_again(times: int, stand_in: Watched, worker: Worker) -> Counter[str]:
    killed: Counter[str] = Counter()
    for number in range(times):
        step = STEPS[number % len(STEPS)]
        queue_closures(MESSAGES_EACH_TIME)
        queue_code()
        came = Event()
        # Not always the first one: others are under way then, at every step.
        after = count(-(number % 7))

        def at_step(
            now: str, step: str = step, came: Event = came, after: Iterator[int] = after
        ) -> None:
            if now == step and next(after) == 0:
                worker.kill()
                came.set()

        stand_in.at_step = at_step if step in {"arrived", "taken", "answered"} else None
        worker.start()
        if stand_in.at_step:
            came.wait(PATIENCE)
        else:
            _wait_for_ledger(step)
            worker.kill()
        killed[step] += 1
        stand_in.at_step = None
        _wait_until_idle(stand_in)
        forget_leases()
    return killed


def _wait_for_ledger(step: str) -> None:
    """Until it says that a message is claimed, or one more was taken."""
    before, began = taken(), time.monotonic()
    while time.monotonic() - began < PATIENCE:
        if step == "claimed" and OutgoingSms.objects.filter(state=State.SENDING).exists():
            return
        if step == "noted" and taken() > before:
            return


def _wait_until_idle(stand_in: Watched) -> None:
    """What was handed over is taken, though nobody is there to hear the answer."""
    while stand_in.under_way:
        time.sleep(0.01)


def _line(name: str, killed: Counter[str], phones: Phones) -> str:
    queued = OutgoingSms.objects.exclude(kind=Kind.CODE)
    lost = queued.filter(sent_at=None).count()
    steps = ", ".join(f"{step} {times}" for step, times in killed.items())
    codes = OutgoingSms.objects.filter(kind=Kind.CODE)
    unknown = codes.filter(state=State.UNKNOWN).count()
    line = (
        f"{name:<12}{killed.total():>6}   {steps}\n"
        f"            of {queued.count():,} messages {lost} lost, {phones.repeated} came twice; "
        f"of {codes.count()} codes {unknown} not repeated because nobody knew;"
        f" {dict(states())}"
    )
    if lost or phones.repeated:
        raise LostOrRepeated(line)
    return line
