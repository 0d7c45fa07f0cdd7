"""A program that measures or tries something ends in time, and leaves nothing behind."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from django.db import connections

from bench import CLUSTER, databases
from nobat import local_postgres


class TookTooLong(Exception):
    """Something hangs, or the machine is far too busy to measure on."""


@contextmanager
def in_time(seconds: int) -> Iterator[None]:
    """Raises TookTooLong after so many seconds, and SystemExit when the program is told to end,
    so that whatever it has started is ended in its own way."""
    signal.signal(signal.SIGALRM, _give_up)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to end"))
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)  # tidying up takes its time


@contextmanager
def measuring(seconds: int) -> Iterator[None]:
    """In time, with the cluster of measurements running; its databases are dropped at the end."""
    with local_postgres.running(CLUSTER):
        try:
            with in_time(seconds):
                yield
        finally:
            connections.close_all()
            databases.drop_all()


def say(what: str) -> None:
    """At once, also into a file."""
    print(what, flush=True)


def _give_up(number: int, frame: FrameType | None) -> None:
    raise TookTooLong("not done in time")
