"""The two ways in which the drill loses its database, and what comes back after each."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connections

from drill.restore import CITY
from drill.restore.backups import Backups
from drill.restore.server import Server
from drill.restore.turns import Citizens
from drill.restore.verdict import seconds_lost, verdict
from nobat.visits.integrity import check_integrity

BOOKED_FOR, BOOKED_AFTERWARDS = 10, 5  # seconds before and after the moment to return to
BEFORE_THE_FIRE = 75  # seconds: longer than archiving waits, so that some of it is safe
A_QUIET_MOMENT = 1.0  # seconds on either side, so that each promise is clearly before or after
# archive_timeout in deploy/backup/archiving.conf, and what a busy machine needs to get it there.
MAY_BE_LOST = 60 + 15  # seconds
APPOINTMENTS = "SELECT count(*) FROM appointments_appointment"
REFERENCES = "SELECT array_agg(reference) FROM appointments_appointment"


class NotKept(Exception):
    """A promise that backups make, and that this drill saw broken."""


@dataclass(frozen=True)
class Outcome:
    wanted: int  # appointments that have to be there
    found: int
    restore_s: float  # until citizens can book again
    lost_s: float  # of bookings, up to the disaster


def a_mistake(server: Server, backups: Backups, citizens: Citizens) -> Outcome:
    """Every table is dropped. The database returns to a moment before, and to nothing else."""
    with citizens.booking():
        time.sleep(BOOKED_FOR)
    time.sleep(A_QUIET_MOMENT)
    until = datetime.now(UTC)
    wanted = server.count(CITY, APPOINTMENTS)
    time.sleep(A_QUIET_MOMENT)
    with citizens.booking():
        time.sleep(BOOKED_AFTERWARDS)
    connections.close_all()
    server.order(CITY, "DROP SCHEMA public CASCADE")
    server.stop()
    took = _come_back(server, backups, until)
    found = server.count(CITY, APPOINTMENTS)
    judged = verdict(citizens.promises, _references(server), until=until.timestamp())
    if found != wanted or not judged.is_whole:
        raise NotKept(f"{wanted} appointments wanted, {found} found; {judged}")
    citizens.forget_after(until.timestamp())
    return Outcome(wanted, found, took, lost_s=0.0)


def a_fire(server: Server, backups: Backups, citizens: Citizens) -> Outcome:
    """The machine is gone while people book. All comes back but the last minute at most."""
    with citizens.booking():
        time.sleep(BEFORE_THE_FIRE)
    connections.close_all()
    disaster, wanted = time.time(), server.count(CITY, APPOINTMENTS)
    server.burn()
    took = _come_back(server, backups, until=None)
    there = _references(server)
    lost = seconds_lost(citizens.promises, there, disaster=disaster)
    judged = verdict(citizens.promises, there, until=disaster)
    if judged.holes or lost > MAY_BE_LOST:
        raise NotKept(f"{lost} seconds of promises are lost; {judged}")
    return Outcome(wanted, server.count(CITY, APPOINTMENTS), took, lost)


def _come_back(server: Server, backups: Backups, until: datetime | None) -> float:
    """Seconds from the beginning of the repair until each rule of the system holds again."""
    began = time.monotonic()
    backups.restore(until)
    server.start()
    server.follow("after-restore.sql")
    took = round(time.monotonic() - began, 1)
    broken = [str(finding) for finding in check_integrity() if finding.rows]
    connections.close_all()
    if broken:
        raise NotKept("; ".join(broken))
    return took


def _references(server: Server) -> set[str]:
    return set(server.ask(CITY, REFERENCES))
