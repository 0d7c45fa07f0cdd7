"""Whether everything that must hold still holds after a load."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import LiteralString

from bench import CLUSTER, SITE
from bench.databases import connected

RULES = Path(__file__).with_suffix(".sql").read_text()


class Broken(Exception):
    """A measurement of something that breaks its promises is worth nothing."""


def refuse_unless(holds: bool, otherwise: str) -> None:
    """Raises Broken, which says what is the case."""
    if not holds:
        raise Broken(otherwise)


def verify(database: str) -> None:
    """Raises Broken with every rule of invariants.sql that some row breaks."""
    with connected(database) as connection:
        rows = connection.execute(RULES).fetchall()
    refuse_broken(rows)


def refuse_broken(rows: Iterable[tuple[str, int]]) -> None:
    """Each row is a rule, and how many break it."""
    broken = [f"{count} {rule}" for rule, count in rows if count]
    refuse_unless(not broken, ", ".join(broken))


def turns_taken(database: str) -> int:
    return _count(database, "SELECT count(*) FROM appointments_appointment")


def visits(database: str) -> int:
    return _count(database, "SELECT count(*) FROM visits_visit")


def _count(database: str, question: LiteralString) -> int:
    with connected(database) as connection:
        [(count,)] = connection.execute(question).fetchall()
    return int(count)


def check_integrity(database: str = SITE) -> int:
    """What operators run, on what the load has left; returns how many sentences are true."""
    checked = subprocess.run(
        [sys.executable, "manage.py", "check_integrity"],
        env=os.environ | {"DATABASE_URL": CLUSTER.database_url(database)},
        capture_output=True,
        text=True,
        check=False,
    )
    if checked.returncode:
        raise Broken(checked.stdout + checked.stderr)
    return checked.stdout.count("ok  ")
