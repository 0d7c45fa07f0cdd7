"""`make soak`: half an hour of ordinary life, and nothing may grow, fail or be left behind.

Web, worker and a stand-in of an SMS provider, as they are really started. Citizens sign in, search,
book, print, move and delete; clerks check in. Fails if the memory of any program still grows in
the second half, if one answer is neither what was asked nor a refusal in words, if people had to
wait, if a message is left unsent, or if one promise is broken at the end.
"""

import argparse
import asyncio
import json
import os
import time
from collections import deque
from collections.abc import Coroutine
from pathlib import Path
from random import Random

from bench import CLUSTER, SITE, databases
from bench.browser import open_browser
from bench.citizens import Citizens
from bench.clerks import Clerks
from bench.closure.worker import Worker, one_worker
from bench.country import make_country
from bench.in_time import measuring
from bench.invariants import check_integrity, refuse_unless, verify
from bench.plan import Plan
from bench.processor import memory_mb
from bench.rush_report import say
from bench.site import Site, begin_log, serving
from bench.sms.providers import KAVENEGAR, Phones, provider
from bench.soak.report import Moment, figures, findings, soak_picture
from bench.soak.visit import Told, Visitor, serve, visit
from nobat.demo.serve import collect_static_files
from nobat.local_postgres import VAR

FILE = VAR / "soak.json"
PICTURE = Path(__file__).resolve().parents[2] / "docs/pictures/soak.svg"
LOOKS_EVERY = 5  # seconds
EXPECTED_AT_ONCE, EXPECTED_EVERY = 60, 300  # people, and seconds: clerks are idle for less
SENT_WITHIN = 60  # seconds after the last visitor has gone
MORE_TIME = 420  # seconds for the country before it and the counting after it
# Not those of the night, which wait for the morning.
_UNSENT = """
SELECT count(*) FROM sms_outgoingsms
WHERE state IN ('waiting', 'sending') AND next_try_at <= now()
"""
_CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"


class Watch:
    """What is seen from outside, every few seconds."""

    def __init__(self, site: Site, worker: Worker) -> None:
        self.site, self.worker = site, worker
        self.postgres = databases.postmaster()
        self.connection = databases.connected(SITE)
        self.moments: list[Moment] = []

    def look(self) -> Moment:
        self.worker.refuse_if_it_broke()
        assert self.worker.process is not None
        counted = (self.connection.execute(each).fetchone() for each in (_CONNECTIONS, _UNSENT))
        (connected,), (unsent,) = (row or (0,) for row in counted)
        seen = Moment(
            at=time.monotonic(),
            web_mb=memory_mb(self.site.process),
            worker_mb=memory_mb(self.worker.process.pid),
            database_mb=memory_mb(self.postgres),
            connections=connected,
            unsent=unsent,
        )
        self.moments.append(seen)
        return seen


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--visitors", type=int, default=16, help="at the same time")
    parser.add_argument("--offices", type=int, default=400)
    parser.add_argument("--picture", type=Path, default=PICTURE)
    asked = parser.parse_args()
    with measuring(int(60 * asked.minutes) + MORE_TIME):
        told, moments = _soak(asked)
    found = figures(told, moments)
    FILE.write_text(json.dumps(found, indent=2) + "\n")
    asked.picture.write_text(soak_picture(told, moments))
    say(found)
    refuse_unless(not findings(found), "; ".join(findings(found)))


def _soak(asked: argparse.Namespace) -> tuple[Told, list[Moment]]:
    plan = Plan(offices=asked.offices, booked=5000)
    collect_static_files()
    begin_log()
    databases.make_empty()
    make_country(plan)
    databases.copy_country(SITE)
    os.environ |= {"DATABASE_URL": CLUSTER.database_url(SITE), "SMS_GATEWAY": KAVENEGAR}
    phones, told = Phones(), Told()
    with (
        provider(phones, "kavenegar", delay=0.2),
        serving(plan.workers) as site,
        one_worker() as worker,
    ):
        worker.start()
        watch = Watch(site, worker)
        ends_at = time.monotonic() + 60 * asked.minutes
        citizens = Citizens(site)
        clerks = Clerks(site, citizens)
        lives = [
            _citizens(citizens, told, Random(number), ends_at) for number in range(asked.visitors)
        ]
        asyncio.run(_live(watch, [*lives, _clerks(clerks, told, ends_at)], ends_at))
        _wait_for_the_last_sms(watch)
    refuse_unless(not phones.repeated, f"{phones.repeated} messages came twice")
    verify(SITE)
    check_integrity()
    return told, watch.moments


async def _live(watch: Watch, lives: list[Coroutine[None, None, None]], ends_at: float) -> None:
    async with asyncio.TaskGroup() as everybody:
        for life in lives:
            everybody.create_task(life)
        while time.monotonic() < ends_at:
            watch.look()
            await asyncio.sleep(LOOKS_EVERY)


async def _citizens(citizens: Citizens, told: Told, chance: Random, ends_at: float) -> None:
    """One after the other, each with a browser of their own."""
    while time.monotonic() < ends_at:
        async with open_browser(citizens.site.port) as browser:
            await visit(Visitor(citizens.asking, browser, chance, told), citizens)


async def _clerks(clerks: Clerks, told: Told, ends_at: float) -> None:
    expected: deque[tuple[int, str]] = deque()
    at_work: set[int] = set()
    async with open_browser(clerks.site.port) as browser:
        visitor = Visitor(clerks.asking, browser, Random(0), told)
        while time.monotonic() < ends_at:
            if not expected:
                some = await asyncio.to_thread(clerks.expect, EXPECTED_AT_ONCE)
                # Each time one more clerk, who would have been idle for too long by now.
                at_work = at_work or {clerk for clerk, _ in some}
                expected.extend(each for each in some if each[0] in at_work)
            await serve(visitor, expected)
            await asyncio.sleep(EXPECTED_EVERY / EXPECTED_AT_ONCE)


def _wait_for_the_last_sms(watch: Watch) -> None:
    began = time.monotonic()
    while watch.look().unsent and time.monotonic() - began < SENT_WITHIN:
        time.sleep(1)


if __name__ == "__main__":
    main()
