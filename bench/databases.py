"""The databases of a measurement: one country, and a copy of it for each kind of load."""

import psycopg
from psycopg import sql

from bench import CLUSTER, COUNTRY, LIMIT, SITE


def make_empty() -> None:
    """Forget an earlier measurement, and begin with a country without tables."""
    drop_all()
    _order("CREATE DATABASE {}", COUNTRY)


def copy_country() -> None:
    """Nobody may be connected to the country while it is copied."""
    for name in (LIMIT, SITE):
        _order(f"CREATE DATABASE {{}} TEMPLATE {COUNTRY} STRATEGY file_copy", name)


def drop_all() -> None:
    for name in (SITE, LIMIT, COUNTRY):
        _order("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def connected(database: str) -> psycopg.Connection:
    return psycopg.connect(CLUSTER.database_url(database), autocommit=True)


def postmaster() -> int:
    """The process of the server, for what it uses of the processors."""
    return int((CLUSTER.data / "postmaster.pid").read_text().split()[0])


def _order(order: str, database: str) -> None:
    with connected("postgres") as connection:
        connection.execute(sql.SQL(order).format(sql.Identifier(database)))
