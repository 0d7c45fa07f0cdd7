"""Getting a connection: measured, and not waited for by everybody when the server is silent."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from nobat.database.trouble import NoConnection
from nobat.shared.counts import count_wait

# Who has waited so long in vain has met a silent server. Until it may be asked again nobody
# else of this process waits for it.
SILENT_AFTER_SECONDS = 1.0
SPARED_FOR_SECONDS = 3.0


class _State:
    asked_again_at = 0.0


@contextmanager
def connecting() -> Iterator[None]:
    """Around the making of one connection. Raises NoConnection in place of what the driver says.

    It is counted as made, as refused after asking, or as spared: refused at once, because the
    server had just been silent.
    """
    began = time.perf_counter()
    if began < _State.asked_again_at:
        count_wait(0, "spared")
        raise NoConnection("silent a moment ago")
    try:
        yield
    except psycopg.Error as refused:
        took = time.perf_counter() - began
        count_wait(took, "refused")
        if took >= SILENT_AFTER_SECONDS:
            _State.asked_again_at = began + took + SPARED_FOR_SECONDS
        raise NoConnection("refused") from refused
    count_wait(time.perf_counter() - began, "made")


def forget() -> None:
    """As if the process had just begun."""
    _State.asked_again_at = 0.0
