"""The databases of a measurement: one country, and a copy of it for each kind of load."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from bench import CLUSTER, COUNTRY, LIMIT, SITE

# Those who measure and verify, beside the web, whose connections stay.
PASSERS_BY = ("bench", "pgbench")
GONE_WITHIN = 20  # seconds


class StillBusy(Exception):
    """Somebody is connected who should have left, and would be counted in."""


def make_empty() -> None:
    """Forget an earlier measurement, and begin with a country without tables."""
    drop_all()
    _order("CREATE DATABASE {}", COUNTRY)


def copy_country(*names: str) -> None:
    """Nobody may be connected to the country while it is copied."""
    for name in names or (LIMIT, SITE):
        _order(f"CREATE DATABASE {{}} TEMPLATE {COUNTRY} STRATEGY file_copy", name)


def drop_all() -> None:
    for name in (SITE, LIMIT, COUNTRY):
        drop(name)


def drop(name: str) -> None:
    _order("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def connected(database: str) -> psycopg.Connection:
    address = CLUSTER.database_url(database)
    return psycopg.connect(address, autocommit=True, application_name="bench")


def postmaster() -> int:
    """The process of the server, for what it uses of the processors."""
    return int((CLUSTER.data / "postmaster.pid").read_text().split()[0])


@contextmanager
def nobody_else() -> Iterator[None]:
    """Until whoever has counted, verified or loaded here is gone and so is their process.

    A server process that ends just when processor times are read is counted twice or not at
    all, and one that ends afterwards brings the time of something else along.
    """
    with connected("postgres") as connection:
        began = time.monotonic()
        while _passers_by(connection):
            if time.monotonic() - began > GONE_WITHIN:
                raise StillBusy(f"not alone within {GONE_WITHIN} seconds")
            time.sleep(0.02)
        time.sleep(0.05)  # it leaves the list a little before it ends
        yield


def _passers_by(connection: psycopg.Connection) -> int:
    [(count,)] = connection.execute(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE application_name = ANY (%s) AND pid <> pg_backend_pid()",
        [list(PASSERS_BY)],
    ).fetchall()
    return int(count)


def _order(order: str, database: str) -> None:
    with connected("postgres") as connection:
        connection.execute(sql.SQL(order).format(sql.Identifier(database)))
