"""Asking the database how it is, and waiting for its answer no longer than told."""

import select
from functools import cache
from typing import NamedTuple

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from psycopg import OperationalError
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus
from psycopg.pq.abc import PGconn, PGresult

# Connecting has a limit of its own (connect_timeout).
WITHIN_SECONDS = 2
_STATE = b"""
SELECT current_setting('transaction_read_only') = 'on', array_to_string(ARRAY(
    SELECT known FROM unnest(string_to_array($1, ' ')) AS known
    WHERE NOT EXISTS (
        SELECT FROM django_migrations m WHERE m.app || '.' || m.name = known)), ' ')
"""


class DatabaseState(NamedTuple):
    trouble: str  # in words that tell nothing of anybody; empty: it answers
    missing: list[str]  # migrations that this release has and the database has not
    only_reads: bool


def ask_database(within: float = WITHIN_SECONDS) -> DatabaseState:
    """One statement. A connection whose server keeps silent is given up."""
    try:
        connection.ensure_connection()
        asked = connection.connection.pgconn
        result = _answer(asked, within)
    except (Error, OperationalError):
        return _trouble("database: no connection")
    if result is None or asked.status != ConnStatus.OK:
        connection.close()
    if result is None:
        return _trouble(f"database: no answer within {within} seconds")
    if result.status != ExecStatus.TUPLES_OK:
        code = result.error_field(DiagnosticField.SQLSTATE) or b""
        return _trouble(f"database: refuses with {code.decode()}")
    only_reads, missing = result.get_value(0, 0), result.get_value(0, 1) or b""
    return DatabaseState("", missing.decode().split(), only_reads == b"t")


def _trouble(words: str) -> DatabaseState:
    return DatabaseState(words, [], only_reads=False)


def _answer(asked: PGconn, within: float) -> PGresult | None:
    """None if nothing came. The driver itself would wait for as long as the network lets it."""
    asked.send_query_params(_STATE, [_migrations()])
    asked.flush()
    poll = select.poll()
    poll.register(asked.socket, select.POLLIN)
    while asked.is_busy():
        if not poll.poll(within * 1000):
            return None
        asked.consume_input()
    result = asked.get_result()
    while asked.get_result():
        pass
    return result


@cache
def _migrations() -> bytes:
    """Those of this release, read from disk once: a process keeps the code it began with."""
    found = MigrationLoader(None).disk_migrations
    names = [f"{app}.{name}" for (app, name), each in found.items() if not each.replaces]
    return " ".join(sorted(names)).encode()
