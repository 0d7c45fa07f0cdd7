"""The database engine of the settings: Django's own, with what rushes and bad moments need.

Whoever has written something is told only what is certain: `OutcomeUnknown` where the answer
was lost, or where the server says that it is on no standby yet. Decision 38.
"""

import select
import time
import zlib
from collections.abc import Sequence
from functools import cache, partial
from typing import Any, NoReturn
from weakref import ref

import psycopg
from django.db import Error, InterfaceError, InternalError, OperationalError
from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.utils import CursorWrapper
from psycopg.abc import Params
from psycopg.errors import Diagnostic
from psycopg.pq import DiagnosticField, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

from nobat.database import no_writing, reading
from nobat.database.connecting import connecting
from nobat.database.trouble import NoConnection, OutcomeUnknown, is_for_reading_only, told_apart

ANY_TROUBLE = (OperationalError, InterfaceError, InternalError)
NO_SUCH_STATEMENT = b"26000"
# Where the server waits for its standby. Its words depend on lc_messages, this does not.
WAITS_FOR_STANDBY = "SyncRepWaitForLSN"
READS_ONLY = "-c default_transaction_read_only=on"


class PreparedCursor(psycopg.Cursor):
    """Each of its statements is planned once per connection, not once per request."""

    def execute(self, query: str, params: Params | None = None) -> "PreparedCursor":  # type: ignore[override]
        return super().execute(query.encode(), params, prepare=True)


class Certain(CursorWrapper):
    """Says of each statement whether what it wrote is kept."""

    db: "DatabaseWrapper"

    def _execute(self, sql: str, params: Any, *ignored: Any) -> Any:
        try:
            answer = super()._execute(sql, params, *ignored)  # type: ignore[misc]
        except ANY_TROUBLE as trouble:
            self.db.say_what_it_means(trouble)
        self.db.refuse_doubt()
        return answer

    def _executemany(self, sql: str, param_list: Any, *ignored: Any) -> Any:
        try:
            answer = super()._executemany(sql, param_list, *ignored)  # type: ignore[misc]
        except ANY_TROUBLE as trouble:
            self.db.say_what_it_means(trouble)
        self.db.refuse_doubt()
        return answer


class CertainAndWrittenDown(Certain, base.CursorDebugWrapper):
    """The same for tests and DEBUG."""


class Operations(DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """Of a prepared statement its text; its values went to the server by themselves."""
        if isinstance(cursor, PreparedCursor):
            return sql
        said: str = super().last_executed_query(cursor, sql, params)
        return said


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = Operations
    is_in_doubt = False  # a COMMIT was answered, but is on no standby
    is_of_a_copy = False

    def connect(self) -> None:
        """To the copy for reading only if there is one, the primary cannot be had, and whoever
        asks decides nothing by it. Raises NoConnection."""
        self.is_of_a_copy = False
        try:
            with connecting():
                super().connect()
        except NoConnection:
            self.close()  # it may have been half made
            if not (self.settings_dict.get("READ") and reading.is_a_copy_enough()):
                no_writing.note_no_writing()
                raise
            self.is_of_a_copy = True
            super().connect()
            self._note_no_writing()
        else:
            if not reading.says_so(self.connection):
                no_writing.note_writing()

    def _note_no_writing(self) -> None:
        """Since when, the copy knows: what it has got last was written last."""
        since = None
        if not no_writing.goes_on():
            [since] = self.connection.execute("SELECT pg_last_xact_replay_timestamp()").fetchone()
        no_writing.note_no_writing(since)

    def get_connection_params(self) -> dict[str, Any]:
        said: dict[str, Any] = super().get_connection_params()
        if self.is_of_a_copy:
            said |= self.settings_dict["READ"] | {"options": READS_ONLY}
        return said

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        self.is_in_doubt = False
        made = super().get_new_connection(conn_params)
        made.add_notice_handler(partial(_hear, ref(self)))  # nothing that would keep us alive
        return made

    def close_if_unusable_or_obsolete(self) -> None:
        """At the end of a request the copy is left: the next one asks the primary first."""
        if self.is_of_a_copy and not self.in_atomic_block:
            self.close()
        super().close_if_unusable_or_obsolete()

    @property
    def is_for_reading_only(self) -> bool:
        """As far as it is known without asking."""
        is_open = self.connection is not None and not self.connection.closed
        return reading.was_refused() or (is_open and reading.says_so(self.connection))

    def make_cursor(self, cursor: Any) -> Certain:
        return Certain(cursor, self)

    def make_debug_cursor(self, cursor: Any) -> CertainAndWrittenDown:
        return CertainAndWrittenDown(cursor, self)

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        except ANY_TROUBLE as trouble:
            self.say_what_it_means(trouble)
        self.refuse_doubt()

    def say_what_it_means(self, trouble: Error) -> NoReturn:
        """Raises it, or NoConnection or OutcomeUnknown in its place."""
        if is_for_reading_only(trouble):
            reading.note_refused()
        raise told_apart(trouble, is_final=not self.in_atomic_block) from trouble.__cause__

    def refuse_doubt(self) -> None:
        """Raises OutcomeUnknown if the server does not know whether the last COMMIT is kept."""
        if self.is_in_doubt:
            self.is_in_doubt = False
            raise OutcomeUnknown("on no standby yet")

    def prepared_cursor(self) -> CursorWrapper:
        """For the few statements that are asked all the time, with the same shape each time."""
        self._make_ready()
        prepared: CursorWrapper = self._prepare_cursor(PreparedCursor(self.connection))  # type: ignore[attr-defined]
        return prepared

    def first_row(self, statement: str, values: Sequence[str]) -> list[str | None]:
        """See nobat/shared/prepared.py."""
        if self._is_doubtful():
            raise OperationalError("to be connected first")
        return self._asked(statement, values)

    def prepared_row(self, statement: str, values: Sequence[str]) -> list[str | None]:
        """See nobat/shared/prepared.py."""
        self._make_ready()
        return self._asked(statement, values)

    def _make_ready(self) -> None:
        """Also where no request of Django has begun."""
        if self._is_doubtful() and not self.in_atomic_block:  # which ends where it began
            self.close_if_unusable_or_obsolete()
        if not self.health_check_done:  # type: ignore[attr-defined]  # once in a request of Django
            self.close_if_health_check_failed()
        if self.connection is None:
            self.ensure_connection()

    def _is_doubtful(self) -> bool:
        """Whether the connection is not there, too old, or has failed before."""
        is_old = self.close_at is not None and time.monotonic() >= self.close_at
        return self.connection is None or is_old or self.errors_occurred

    def _asked(self, statement: str, values: Sequence[str]) -> list[str | None]:
        if self.queries_logged:
            self.queries_log.append({"sql": statement, "time": "0"})
        with self.wrap_database_errors:
            row = _first_row(self._result_of(statement, [value.encode() for value in values]))
        self.refuse_doubt()
        return row

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


def _hear(of: "ref[DatabaseWrapper]", notice: Diagnostic) -> None:
    wrapper = of()
    if wrapper and notice.severity_nonlocalized == "WARNING":
        wrapper.is_in_doubt |= notice.source_function == WAITS_FOR_STANDBY


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
