"""`python -m bench.rush`: the doors open, and ten times as many come as there are seats.

10,000 citizens within 10 seconds and 1,000 seats, as far as two processors carry it: both are
made smaller by one factor, and the seconds stay. Fails if a seat was lost or sold twice, if
somebody was told wrongly, if who came too late had to wait, or if the web's memory grew.
"""

import argparse
import asyncio
import json
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bench import SITE, databases
from bench.booked import bookable_days
from bench.citizens import Citizens
from bench.country import SERVICE, make_country
from bench.crowd import SOLD, TOO_LATE, Crowd, HotHour
from bench.in_time import measuring
from bench.invariants import check_integrity, refuse_unless, turns_taken, verify
from bench.plan import Plan
from bench.processor import memory_mb, used_ms
from bench.requests import warm_up
from bench.rush_report import SLOWEST_REFUSAL, Moment, figures, rush_picture, say
from bench.site import Site, begin_log, serving
from nobat.demo.serve import collect_static_files
from nobat.local_postgres import VAR

PEOPLE, SEATS, SECONDS = 10_000, 1_000, 10.0
HOT_OFFICES, HOURS_OF_EACH = 5, 5
SCALE = 0.05  # half of what two processors carry, the citizens included: docs/performance.md
WITHIN = 300
FILE = VAR / "bench-rush.json"
PICTURE = Path(__file__).resolve().parent.parent / "docs/pictures/rush.svg"
_OPEN = """
UPDATE schedule_slot SET capacity = taken + %(each)s, offered = taken + %(each)s
WHERE id IN (
    SELECT id FROM (
        SELECT s.id, row_number() OVER (PARTITION BY s.office_id ORDER BY s.starts_at) AS place
        FROM schedule_slot s
        WHERE s.day = %(day)s AND s.office_id IN (
            SELECT office_id FROM schedule_slot WHERE day = %(day)s
            GROUP BY office_id ORDER BY office_id LIMIT %(offices)s)
    ) hour WHERE place <= %(hours)s
)
RETURNING id, day::text, (SELECT code FROM offices_office o WHERE o.id = office_id)
"""


@dataclass
class Watch:
    """What is seen from outside, every half second."""

    site: Site
    crowd: Crowd
    seats: int
    moments: list[Moment] = field(default_factory=list)

    async def look_on(self) -> None:
        while True:
            self.look()
            await asyncio.sleep(0.5)

    def look(self) -> None:
        now = asyncio.get_running_loop().time()
        sold = sum(told.what == SOLD for told in self.crowd.told)
        memory = memory_mb(self.site.process)
        self.moments.append(Moment(now, self.seats - sold, self.crowd.in_flight, memory))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.rush", description=__doc__)
    parser.add_argument("--scale", type=float, default=SCALE)
    parser.add_argument("--offices", type=int, default=300)
    parser.add_argument("--within", type=int, default=WITHIN, help="seconds, whatever happens")
    parser.add_argument("--picture", type=Path, default=PICTURE)
    asked = parser.parse_args()
    with measuring(asked.within):
        told, moments, found = _story(asked.scale, asked.offices)
    FILE.write_text(json.dumps(found, indent=2) + "\n")
    asked.picture.write_text(rush_picture(told, moments))
    say(found)
    refuse_unless(found["refused_max_s"] < SLOWEST_REFUSAL, "who came too late had to wait")
    refuse_unless(found["memory_grew_mb"] < found["memory_mb"] / 10, "the web's memory grew")


def _story(scale: float, offices: int):  # type: ignore[no-untyped-def]
    people, seats_each = int(PEOPLE * scale), round(SEATS * scale / (HOT_OFFICES * HOURS_OF_EACH))
    plan = Plan(offices=offices, citizens=2 * people, booked=people, connections=16)
    collect_static_files()
    begin_log()
    databases.make_empty()
    make_country(plan)
    databases.copy_country(SITE)
    with serving(plan.workers) as site:
        citizens = Citizens(site)
        for load in (citizens.booking, citizens.office_page):
            warm_up(load(), site=site, plan=plan)
        hours = _open_the_doors(seats_each)
        crowd = Crowd(citizens.asking, site.port, SERVICE, hours, Random(1405))
        watch = Watch(site, crowd, seats_each * len(hours))
        before, used = turns_taken(SITE), used_ms(site.process)
        sessions = citizens.chance.sample(citizens.sessions, people)
        asyncio.run(_let_them_come(crowd, watch, sessions))
        used, taken = used_ms(site.process) - used, turns_taken(SITE) - before
    _verify(crowd, taken, watch.seats)
    found = figures(crowd.told, watch.moments, people=people, seats=watch.seats)
    return crowd.told, watch.moments, {"scale": scale, **found, "app_cpu_s": round(used / 1000, 1)}


async def _let_them_come(crowd: Crowd, watch: Watch, sessions: list[str]) -> None:
    looking = asyncio.create_task(watch.look_on())
    try:
        await crowd.come(sessions, SECONDS)
    finally:
        looking.cancel()
        watch.look()


def _open_the_doors(seats_each: int) -> list[HotHour]:
    """The same hours of a few offices, on the last day that can be booked."""
    values = {"each": seats_each, "day": None, "offices": HOT_OFFICES, "hours": HOURS_OF_EACH}
    with databases.connected(SITE) as connection:
        [(values["day"],)] = connection.execute(
            "SELECT max(day) FROM schedule_slot WHERE day <= %s", [bookable_days()[1]]
        ).fetchall()
        return [HotHour(*row) for row in connection.execute(_OPEN, values).fetchall()]


def _verify(crowd: Crowd, taken: int, seats: int) -> None:
    sold = sum(told.what == SOLD for told in crowd.told)
    refuse_unless(sold == taken, f"{sold} were told of a seat and {taken} have one")
    late = any(told.what == TOO_LATE for told in crowd.told)
    refuse_unless(sold == seats or not late, f"{sold} of {seats} seats were sold")
    verify(SITE)
    check_integrity()


if __name__ == "__main__":
    main()
