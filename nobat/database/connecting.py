"""Getting a connection: measured, and not waited for by everybody when the server is silent."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import psycopg

from nobat.database.trouble import NoConnection

# Who has waited so long in vain has met a silent server. Until it may be asked again nobody
# else of this process waits for it.
SILENT_AFTER_SECONDS = 1.0
SPARED_FOR_SECONDS = 3.0


class PoolWait(NamedTuple):
    """What this process has gone through for its connections since it began."""

    made: int = 0
    refused: int = 0  # after asking
    spared: int = 0  # refused at once, because the server had just been silent
    seconds: float = 0.0  # waited in all
    last_seconds: float = 0.0  # waited for the newest one


class _State:
    wait = PoolWait()
    asked_again_at = 0.0


def pool_wait() -> PoolWait:
    """For the numbers of this process: how long it has waited for connections, and in vain."""
    return _State.wait


@contextmanager
def connecting() -> Iterator[None]:
    """Around the making of one connection. Raises NoConnection in place of what the driver says."""
    began = time.perf_counter()
    wait = _State.wait
    if began < _State.asked_again_at:
        _State.wait = wait._replace(spared=wait.spared + 1)
        raise NoConnection("silent a moment ago")
    try:
        yield
    except psycopg.Error as refused:
        took = _note(began, refused=1)
        if took >= SILENT_AFTER_SECONDS:
            _State.asked_again_at = began + took + SPARED_FOR_SECONDS
        raise NoConnection("refused") from refused
    _note(began, made=1)


def _note(began: float, *, made: int = 0, refused: int = 0) -> float:
    took = time.perf_counter() - began
    wait = _State.wait
    _State.wait = PoolWait(
        wait.made + made, wait.refused + refused, wait.spared, wait.seconds + took, took
    )
    return took


def forget() -> None:
    """As if the process had just begun."""
    _State.wait, _State.asked_again_at = PoolWait(), 0.0
