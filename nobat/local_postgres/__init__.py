"""The private PostgreSQL server under var/, for whoever has no DATABASE_URL.

Each of its users holds a shared lock: the first one starts the server, the last one
stops it. The kernel drops the locks of a killed program, so nothing stays stuck: a
server that outlived its users is found again, and one that was killed itself recovers at
the next start.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from nobat.local_postgres.cluster import Cluster
from nobat.local_postgres.server import DidNotStart, make_database, start, stop
from nobat.local_postgres.user import NoServerUser, make_folder, owner_of, server_user

__all__ = [
    "RUN",
    "TESTS",
    "Cluster",
    "DidNotStart",
    "NoServerUser",
    "database_url",
    "is_needed",
    "running",
]

VAR = Path(__file__).resolve().parents[2] / "var"
RUN = Cluster(VAR / "postgres")
TESTS = Cluster(VAR / "postgres-test", is_forgetful=True)


def is_needed() -> bool:
    return not (os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"))


def database_url(cluster: Cluster = RUN) -> str:
    """Where the database is while the server runs; asking starts nothing."""
    return cluster.database_url()


@contextmanager
def running(cluster: Cluster = RUN) -> Iterator[str]:
    """Keep the server up, with the database in it, as long as the block runs."""
    user = server_user(cluster.folder)
    make_folder(cluster.folder, like=owner_of(cluster.folder))
    with _lock_file(cluster, "users") as users:
        try:
            with _lock_file(cluster, "starting") as starting:
                fcntl.flock(starting, fcntl.LOCK_EX)
                fcntl.flock(users, fcntl.LOCK_SH)
                start(cluster, user)
                make_database(cluster)
            yield cluster.database_url()
        finally:
            with _lock_file(cluster, "starting") as starting:
                fcntl.flock(starting, fcntl.LOCK_EX)
                if _is_last(users):
                    stop(cluster, user)


def _lock_file(cluster: Cluster, name: str) -> IO[str]:
    path = cluster.folder / f"{name}.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    if os.geteuid() == 0:
        owner = owner_of(cluster.folder)
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
    return open(descriptor, "r+", encoding="ascii")


def _is_last(users: IO[str]) -> bool:
    """Whether there is no other user. Gives up this one's own lock if there is."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
