"""Servers of a test's own, which it may stop, mislead and follow with a standby."""

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

import psycopg
from django.core.management import call_command
from django.db import connection

from nobat.local_postgres import Cluster, running
from nobat.local_postgres.cluster import DATABASE, PORT, ROLE
from nobat.local_postgres.server import _make_private, _run, start, stop
from nobat.local_postgres.user import let_through, server_user

_END_ALL_OTHERS = """
SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@contextmanager
def own_server():
    """A whole one: it forgets nothing, and COMMIT waits for whom it is told to wait for."""
    # The path of a socket must not be long, so nothing under pytest's own folders.
    with TemporaryDirectory(prefix="nobat-own-") as folder:
        cluster = Cluster(Path(folder) / "postgres")
        with running(cluster):
            yield cluster


@contextmanager
def standby_of(primary):
    """A hot standby that follows it."""
    with TemporaryDirectory(prefix="nobat-standby-") as folder:
        cluster = Cluster(Path(folder) / "postgres")
        cluster.folder.mkdir()
        user = server_user(cluster.folder)
        _make_private(cluster.server, user)
        if user:
            let_through(user, [cluster.server])
        place = ["-h", str(primary.socket_folder), "-p", str(PORT), "-U", ROLE]
        copied = _run(
            "pg_basebackup", *place, "-D", str(cluster.data), "-R", "-c", "fast", user=user
        )
        assert copied.returncode == 0, copied.stderr
        start(cluster, user)
        try:
            yield cluster
        finally:
            stop(cluster, user)


def halt(cluster):
    stop(cluster, server_user(cluster.folder))


def resume(cluster):
    start(cluster, server_user(cluster.folder))


def wait_until_it_follows(standby, primary):
    """Everything that was written so far can be read there."""
    [(written,)] = order(primary, "SELECT pg_current_wal_lsn()::text").fetchall()
    for _ in range(600):
        has_it = order(standby, f"SELECT pg_last_wal_replay_lsn() >= '{written}'").fetchone()
        if has_it == (True,):
            return
        sleep(0.05)
    raise AssertionError("the standby does not follow")


def order(cluster, *statements):
    """As whoever keeps the server running."""
    with psycopg.connect(cluster.database_url(), autocommit=True) as operator:
        return [operator.execute(statement) for statement in statements][-1]


@contextmanager
def everything_on(cluster, *, name=DATABASE):
    """What Django asks goes to this server."""
    before = {key: connection.settings_dict[key] for key in ("HOST", "PORT", "USER", "NAME")}
    connection.close()
    connection.settings_dict |= {
        "HOST": str(cluster.socket_folder),
        "PORT": str(PORT),
        "USER": ROLE,
        "NAME": name,
    }
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict |= before


@contextmanager
def nobody_answers():
    """The server of the tests has ended every connection, and refuses to make another one."""
    operator = connection.copy()
    with operator.cursor() as cursor:
        cursor.execute(_END_ALL_OTHERS)
    operator.close()
    with everything_on(Cluster(Path("/nowhere"))):
        yield


def make_tables(cluster):
    with everything_on(cluster):
        call_command("migrate", interactive=False, verbosity=0)
