"""When only a copy of the database is left: who may read it, and how that is known."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Connection

# For so long after a write was refused; on some ways to a server nothing else tells.
REMEMBERED_SECONDS = 10.0
_TELLS = ("in_hot_standby", "default_transaction_read_only")


class _Here(threading.local):
    may_read_a_copy = False


class _State:
    refused_until = 0.0


_here = _Here()


@contextmanager
def may_read_a_copy() -> Iterator[None]:
    """Around a request that decides nothing: while the primary cannot be had, a copy will do."""
    _here.may_read_a_copy = True
    try:
        yield
    finally:
        _here.may_read_a_copy = False


def is_a_copy_enough() -> bool:
    return _here.may_read_a_copy


def note_refused() -> None:
    """A write was refused because one can only read."""
    _State.refused_until = time.perf_counter() + REMEMBERED_SECONDS


def was_refused() -> bool:
    """Whether that was just now, on any connection of this process."""
    return time.perf_counter() < _State.refused_until


def says_so(connection: Connection) -> bool:
    """Whether the server has told of itself that one can only read; it is not asked."""
    told = (connection.pgconn.parameter_status(name.encode()) for name in _TELLS)
    return b"on" in told


def forget() -> None:
    _State.refused_until = 0.0
