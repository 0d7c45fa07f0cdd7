"""The database engine of the settings: Django's own, and three things a rush needs."""

import select
import time
import zlib
from collections.abc import Sequence
from functools import cache
from typing import Any

import psycopg
from django.db import OperationalError
from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.utils import CursorWrapper
from psycopg.abc import Params
from psycopg.pq import DiagnosticField, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

NO_SUCH_STATEMENT = b"26000"


class PreparedCursor(psycopg.Cursor):
    """Each of its statements is planned once per connection, not once per request."""

    def execute(self, query: str, params: Params | None = None) -> "PreparedCursor":  # type: ignore[override]
        return super().execute(query.encode(), params, prepare=True)


class Operations(DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """Of a prepared statement its text; its values went to the server by themselves."""
        if isinstance(cursor, PreparedCursor):
            return sql
        said: str = super().last_executed_query(cursor, sql, params)
        return said


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = Operations

    def prepared_cursor(self) -> CursorWrapper:
        """For the few statements that are asked all the time, with the same shape each time."""
        self.ensure_connection()
        prepared: CursorWrapper = self._prepare_cursor(PreparedCursor(self.connection))  # type: ignore[attr-defined]
        return prepared

    def first_row(self, statement: str, values: Sequence[str]) -> list[str | None]:
        """See nobat/shared/prepared.py."""
        if self._is_doubtful():
            raise OperationalError("to be connected first")
        return self._asked(statement, values)

    def prepared_row(self, statement: str, values: Sequence[str]) -> list[str | None]:
        """See nobat/shared/prepared.py."""
        if self._is_doubtful() and not self.in_atomic_block:  # which ends where it began
            self.close_if_unusable_or_obsolete()
        if not self.health_check_done:  # type: ignore[attr-defined]  # once in a request of Django
            self.close_if_health_check_failed()
        if self.connection is None:
            self.ensure_connection()
        return self._asked(statement, values)

    def _is_doubtful(self) -> bool:
        """Whether the connection is not there, too old, or has failed before."""
        is_old = self.close_at is not None and time.monotonic() >= self.close_at
        return self.connection is None or is_old or self.errors_occurred

    def _asked(self, statement: str, values: Sequence[str]) -> list[str | None]:
        if self.queries_logged:
            self.queries_log.append({"sql": statement, "time": "0"})
        with self.wrap_database_errors:
            return _first_row(self._result_of(statement, [value.encode() for value in values]))

    def _result_of(self, statement: str, values: list[bytes]) -> PGresult:
        """Planned once per connection; within a transaction, which must not fail for the want of
        a plan, each time."""
        asked: PGconn = self.connection.pgconn
        if self.in_atomic_block and asked.transaction_status == TransactionStatus.IDLE:
            asked.exec_(b"BEGIN")  # the driver waits with it for the first statement
        if self.in_atomic_block or self.settings_dict["OPTIONS"]["prepare_threshold"] is None:
            return asked.exec_params(statement.encode(), values)
        name = _name(statement)
        result = asked.exec_prepared(name, values)
        # A new connection, or one whose statements the driver has forgotten after a rollback.
        if result.error_field(DiagnosticField.SQLSTATE) == NO_SUCH_STATEMENT:
            asked.prepare(name, statement.encode())
            result = asked.exec_prepared(name, values)
        return result

    def is_usable(self) -> bool:
        """Whether the server is still there, asked at the start of each request.

        Who has closed the connection, or wants to say something on it, shows at once: only
        then it is worth a round trip. A server that fell silent would not answer either.
        """
        if self.connection is None or self.connection.closed:
            return False
        return not _has_something_to_read(self.connection.fileno()) or super().is_usable()


@cache
def _name(statement: str) -> bytes:
    return f"nobat_{zlib.crc32(statement.encode())}".encode()


def _first_row(result: PGresult) -> list[str | None]:
    if result.status != ExecStatus.TUPLES_OK:
        raise psycopg.OperationalError("refused by the database")  # its own words would name values
    columns = range(result.nfields if result.ntuples else 0)
    cells = (result.get_value(0, column) for column in columns)
    return [None if cell is None else cell.decode() for cell in cells]


def _has_something_to_read(descriptor: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))
