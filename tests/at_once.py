"""Many acts in one moment, each on a connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from nobat.shared.rules import RuleBroken


def at_once(acts: Sequence[Callable[[], object]]) -> list:
    """Do all acts in the same moment; a refusal is the answer of the refused."""
    ready = Barrier(len(acts))

    def do(act):
        try:
            connection.ensure_connection()
            ready.wait()
            return act()
        except RuleBroken as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))
