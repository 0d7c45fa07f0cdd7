"""That one worker of several is at a job, and no other one."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error, connection
from django.db.backends.base.base import BaseDatabaseWrapper

# Not in a session: a pooler hands the next transaction of a session to another connection.
_TRY = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
# It lasts as long as the job, and does nothing meanwhile: that is no neglect.
_PATIENT = "SET LOCAL idle_in_transaction_session_timeout = 0"


class Alone:
    """A connection beside that of the jobs, whose transaction is open while a job runs.

    It holds nothing but the job's name, and no row is kept from being cleaned up for it. The
    server itself ends the lock of a worker that died.
    """

    def __init__(self) -> None:
        # Of another thread than the one that makes the lane.
        self._beside: BaseDatabaseWrapper | None = None

    @contextmanager
    def at(self, name: str) -> Iterator[bool]:
        """Whether no other worker is at it, from here to the end of the block."""
        try:
            is_ours = self._try(name)
        except Error:
            self.close()
            raise
        try:
            yield is_ours
        finally:
            self._let_go()

    def close(self) -> None:
        if self._beside:
            with suppress(Error):
                self._beside.close()
            self._beside = None

    def _try(self, name: str) -> bool:
        if self._beside is None:
            self._beside = connection.copy()
        self._beside.set_autocommit(False)
        with self._beside.cursor() as cursor:
            cursor.execute(_PATIENT)
            cursor.execute(_TRY, [name])
            (is_ours,) = cursor.fetchone()
        return bool(is_ours)

    def _let_go(self) -> None:
        if self._beside:
            try:
                self._beside.rollback()
            except Error:
                self.close()
