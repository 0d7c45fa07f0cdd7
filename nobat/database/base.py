"""The database engine of the settings: Django's own, and two things a rush needs."""

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.utils import CursorWrapper
from psycopg.abc import Params


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

    def is_usable(self) -> bool:
        """Whether the server is still there, asked at the start of each request.

        Who has closed the connection, or wants to say something on it, shows at once: only
        then it is worth a round trip. A server that fell silent would not answer either.
        """
        if self.connection is None or self.connection.closed:
            return False
        return not _has_something_to_read(self.connection.fileno()) or super().is_usable()


def _has_something_to_read(descriptor: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))
