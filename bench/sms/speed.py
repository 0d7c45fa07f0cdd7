"""Ten thousand messages of a closure leave, and a code is asked for every second."""

import os
import statistics
import time
from pathlib import Path

from bench.closure.worker import one_worker
from bench.sms.ledger import begin_anew, queue_closures, queue_code, seconds_of_codes, unsettled
from bench.sms.plan import Plan
from bench.sms.providers import KAVENEGAR, Phones, provider
from nobat.sms.models import Kind

PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


class TooSlow(Exception):
    """Messages did not leave within what was promised."""


def try_speed(plan: Plan) -> str:
    phones = Phones()
    os.environ["SMS_GATEWAY"] = KAVENEGAR
    begin_anew()
    with (
        provider(phones, "kavenegar", delay=plan.answers_after / 1000),
        one_worker() as worker,
    ):
        worker.start()
        queue_code()
        while unsettled():
            time.sleep(0.1)
        begin_anew()
        assert worker.process is not None
        memory = [_memory(worker.process.pid)]
        began = time.monotonic()
        queue_closures(plan.messages)
        while unsettled(Kind.OFFICE_CLOSED):
            worker.refuse_if_it_broke()
            queue_code()
            memory.append(_memory(worker.process.pid))
            time.sleep(1)
            if time.monotonic() - began > 2 * plan.within:
                break
        took = time.monotonic() - began
    codes = seconds_of_codes()
    lines = [
        f"messages          {plan.messages:8,}, the gateway answers in {plan.answers_after} ms",
        f"all sent in       {took:8.1f} s, {plan.messages / took:.0f} a second",
        f"codes meanwhile   {len(codes):8} in {statistics.median(codes):.2f} s (median),"
        f" {codes[-1]:.2f} s at most",
        f"memory of worker  {memory[0]:8.0f} MB before, {max(memory):.0f} MB at most,"
        f" {memory[-1]:.0f} MB after",
        f"came twice        {phones.repeated:8}",
    ]
    if took > plan.within or phones.repeated:
        raise TooSlow("\n".join(lines))
    return "\n".join(lines)


def _memory(pid: int) -> float:
    """MB of the worker that are its own."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_MB
