"""`make restore-drill`: a mistake that drops every table, then a machine that burns."""

import json
import time
from dataclasses import asdict

from django.db import connections

from bench.country import make_country
from bench.in_time import in_time, say
from bench.plan import Plan
from drill.restore import PLACE
from drill.restore.backups import Backups, environment
from drill.restore.disasters import NotKept, a_fire, a_mistake
from drill.restore.needs import programs_or_end
from drill.restore.server import Server
from drill.restore.turns import Citizens

ENDS_WITHIN = 600  # seconds, whatever happens
COUNTRY = Plan(offices=60, citizens=2000, days=20, booked=3000)
REPORT = PLACE.parent / "restore.json"


def main() -> None:
    server = Server(programs_or_end(), environment())
    try:
        with in_time(ENDS_WITHIN):
            _drill(server)
    finally:
        connections.close_all()
        server.stop()


def _drill(server: Server) -> None:
    say("Making a server, an encrypted repository and a country …")
    server.make()
    backups = Backups(server)
    backups.make()
    server.start()
    server.make_database()
    backups.begin()
    make_country(COUNTRY)
    citizens = Citizens()
    began = time.monotonic()
    with citizens.booking():
        backups.take()
    say(f"Full backup in {time.monotonic() - began:.1f} s while citizens book;")
    say(f"{backups.megabytes():.1f} MB, of which nobody reads anything without the pass phrase.")
    if not backups.are_closed_to_others():
        raise NotKept("the repository can be read without its pass phrase")
    say("Losing every table, then the machine …\n")
    outcomes = {each.__name__: each(server, backups, citizens) for each in (a_mistake, a_fire)}
    say("| lost by | appointments | came back | s until booking again | s of bookings lost |")
    say("|---|---|---|---|---|")
    for name, it in outcomes.items():
        what = name.replace("_", " ")
        say(f"| {what} | {it.wanted:,} | {it.found:,} | {it.restore_s} | {it.lost_s} |")
    rows = {name: asdict(outcome) for name, outcome in outcomes.items()}
    REPORT.write_text(json.dumps(rows, indent=2) + "\n")


if __name__ == "__main__":
    main()
