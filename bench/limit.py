"""The limit: how many turns a second PostgreSQL gives when pgbench asks, and nobody else."""

import os
import re
import subprocess
from datetime import timedelta
from pathlib import Path

import psycopg

from bench import CLUSTER, LIMIT
from bench.booked import bookable_days
from bench.country import SERVICE
from bench.databases import connected, nobody_else
from bench.invariants import turns_taken
from bench.plan import Plan
from bench.processor import used_ms
from bench.result import Result
from nobat.appointments import policy
from nobat.local_postgres.server import programs

SCRIPT = Path(__file__).with_name("take_turn.pgbench.sql")
ENDS_WITHIN = timedelta(seconds=30)


class Failed(Exception):
    """pgbench did not measure anything; the message is what it said."""


def measure_limit(plan: Plan, postgres: int) -> Result:
    """Only turns that were taken count: a refused one costs less."""
    with connected(LIMIT) as connection:
        variables = _variables(connection)
    before = turns_taken(LIMIT)
    with nobody_else():
        used = used_ms(postgres)
    said = _pgbench(plan, variables)
    with nobody_else():
        used = used_ms(postgres) - used
    taken = turns_taken(LIMIT) - before
    tries = int(_found(r"actually processed: (\d+)", said))
    rate = float(_found(r"tps = ([\d.]+)", said))
    return Result(
        rps=rate * taken / tries,
        p50_ms=float(_found(r"latency average = ([\d.]+)", said)),
        db_cpu_ms=used / max(taken, 1),
        refused=tries - taken,
    )


def _pgbench(plan: Plan, variables: dict[str, object]) -> str:
    given = [f"--define={name}={value}" for name, value in variables.items()]
    how = ["--no-vacuum", "--protocol=prepared", f"--client={plan.clients}", "--jobs=2"]
    address = ["-h", str(CLUSTER.socket_folder), "-U", "nobat"]
    ended = subprocess.run(
        [programs() / "pgbench", *how, *given, *address, f"-T{plan.seconds}", f"-f{SCRIPT}", LIMIT],
        env={"PATH": os.defpath, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        timeout=plan.seconds + ENDS_WITHIN.seconds,
        check=False,
    )
    if ended.returncode:
        raise Failed(ended.stderr)
    return ended.stdout


def _variables(connection: psycopg.Connection) -> dict[str, object]:
    [(first_citizen, last_citizen)] = connection.execute(
        "SELECT min(person_id), max(person_id) FROM people_session WHERE second_factor_at IS NULL"
    ).fetchall()
    first_day, last_day = bookable_days()
    [(first_slot, last_slot)] = connection.execute(
        "SELECT min(id), max(id) FROM schedule_slot"
    ).fetchall()
    return {
        "first_citizen": first_citizen,
        "last_citizen": last_citizen,
        "first_slot": first_slot,
        "last_slot": last_slot,
        "service": SERVICE,
        "first_day": first_day,
        "last_day": last_day,
        "turns_per_day": policy.TURNS_PER_OFFICE_AND_DAY,
    }


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise Failed(text)
    return found[1]
