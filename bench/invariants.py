"""Whether everything that must hold still holds after a load."""

import os
import subprocess
import sys
from pathlib import Path

from bench import CLUSTER, SITE
from bench.databases import connected

RULES = Path(__file__).with_suffix(".sql").read_text()


class Broken(Exception):
    """A measurement of something that breaks its promises is worth nothing."""


def verify(database: str) -> None:
    with connected(database) as connection:
        rows = connection.execute(RULES).fetchall()
    broken = [f"{count} {rule}" for rule, count in rows if count]
    if broken:
        raise Broken(f"in {database}: {', '.join(broken)}")


def turns_taken(database: str) -> int:
    with connected(database) as connection:
        [(count,)] = connection.execute("SELECT count(*) FROM appointments_appointment").fetchall()
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
