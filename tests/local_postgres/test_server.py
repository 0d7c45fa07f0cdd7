"""The private server comes up whatever happened to it, and leaves with its last user."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from nobat.local_postgres import Cluster, running
from nobat.local_postgres.server import DidNotStart

pytestmark = pytest.mark.real_time

CHECKOUT = Path(__file__).resolve().parents[2]
USE_UNTIL_TOLD = """
import sys
from pathlib import Path
from nobat.local_postgres import Cluster, running

with running(Cluster(Path(sys.argv[1]), is_forgetful=True)):
    print("up", flush=True)
    sys.stdin.read()
"""

STAY_BUSY = """
import sys
import psycopg

connection = psycopg.connect(sys.argv[1])
print("busy", flush=True)
connection.execute("SELECT count(*) FROM generate_series(1, 10000000000)")
"""


@pytest.fixture
def new_cluster():
    """One that was never started."""
    with short_folder() as folder:
        yield Cluster(folder / "postgres", is_forgetful=True)


@pytest.fixture(scope="module")
def old_cluster():
    with short_folder() as folder:
        yield Cluster(folder / "postgres", is_forgetful=True)


@pytest.fixture
def cluster(old_cluster):
    """One that other tests started before."""
    yield old_cluster
    kill(old_cluster)


@contextmanager
def short_folder():
    """The path of a socket must not be long, so nothing under pytest's own folders."""
    folder = Path(tempfile.mkdtemp(prefix="nobat-test-"))
    yield folder
    kill(Cluster(folder / "postgres"))
    shutil.rmtree(folder)


def kill(cluster):
    for process in processes(cluster):
        os.kill(process, signal.SIGKILL)


def processes(cluster):
    found = subprocess.run(
        ["pgrep", "-f", f"^[^ ]*postgres -D {cluster.data} "],
        capture_output=True,
        text=True,
        check=False,
    )
    return [int(line) for line in found.stdout.split()]


def is_up(cluster):
    try:
        psycopg.connect(cluster.database_url()).close()
    except psycopg.OperationalError:
        return False
    return True


def postmaster(cluster):
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def another_user(cluster):
    program = subprocess.Popen(
        [sys.executable, "-c", USE_UNTIL_TOLD, str(cluster.folder)],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout.readline() == "up\n"
    return program


def test_the_server_is_up_for_its_user_and_gone_afterwards(new_cluster):
    cluster = new_cluster
    with running(cluster) as url, psycopg.connect(url) as connection:
        encoding, zone = connection.execute(
            "SELECT current_setting('server_encoding'), current_setting('TimeZone')"
        ).fetchone()
        assert (encoding, zone) == ("UTF8", "UTC")

    assert not is_up(cluster)
    assert processes(cluster) == []


def test_it_opens_no_network_port(cluster):
    with running(cluster) as url, psycopg.connect(url) as connection:
        addresses = connection.execute("SHOW listen_addresses").fetchone()

    assert addresses == ("",)


def test_nobody_else_on_the_machine_reaches_its_socket(cluster):
    with running(cluster):
        assert cluster.socket_folder.stat().st_mode & 0o777 == 0o700


def test_it_stays_as_long_as_anybody_uses_it(cluster):
    other = another_user(cluster)
    with running(cluster):
        other.communicate("done")
        assert is_up(cluster)

    assert not is_up(cluster)


def test_whoever_leaves_first_leaves_it_to_the_other(cluster):
    other = another_user(cluster)
    with running(cluster):
        pass

    assert is_up(cluster)
    other.communicate("done")
    assert not is_up(cluster)


def test_a_server_that_outlived_its_killed_users_is_found_again(cluster):
    other = another_user(cluster)
    before = postmaster(cluster)
    other.kill()
    other.communicate()
    assert is_up(cluster)

    with running(cluster):
        assert postmaster(cluster) == before

    assert not is_up(cluster)


def test_a_killed_server_comes_back_with_what_was_committed(cluster):
    lasting = replace(cluster, is_forgetful=False)
    with running(lasting) as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")
        kill(lasting)

    with running(lasting) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT seven FROM kept").fetchone() == (7,)


def test_backends_too_busy_to_notice_the_end_of_their_server_do_not_stop_the_next(
    cluster, monkeypatch
):
    soon = timedelta(seconds=0.5)
    monkeypatch.setattr("nobat.local_postgres.server.ORPHANS_LEAVE_WITHIN", soon)
    other = another_user(cluster)
    busy = subprocess.Popen(
        [sys.executable, "-c", STAY_BUSY, cluster.database_url()],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert busy.stdout.readline() == b"busy\n"
    os.kill(postmaster(cluster), signal.SIGKILL)
    other.kill()
    other.communicate()

    with running(cluster):
        assert is_up(cluster)

    busy.communicate()


def test_a_process_number_that_now_belongs_to_another_program_is_no_hindrance(cluster):
    with running(cluster):
        leftover = (cluster.data / "postmaster.pid").read_text()
    owner = cluster.data.stat()
    stranger = subprocess.Popen(["sleep", "60"], user=owner.st_uid if os.geteuid() == 0 else None)
    left = cluster.data / "postmaster.pid"
    left.write_text(leftover.replace(leftover.split()[0], str(stranger.pid), 1))
    os.chown(left, owner.st_uid, owner.st_gid)

    with running(cluster):
        assert is_up(cluster)

    stranger.kill()
    stranger.wait()


def test_many_who_come_at_once_share_one_server(cluster):
    crowd = [
        subprocess.Popen(
            [sys.executable, "-c", USE_UNTIL_TOLD, str(cluster.folder)],
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    for program in crowd:
        program.communicate(b"done")

    assert [program.returncode for program in crowd] == [0, 0, 0, 0]
    assert processes(cluster) == []


def test_a_first_start_that_was_cut_short_is_made_again(new_cluster):
    cluster = new_cluster
    (cluster.server / "data.unfinished").mkdir(parents=True)
    cluster.server.chmod(0o700)
    if os.geteuid() == 0:
        shutil.chown(cluster.server, "nobody")

    with running(cluster):
        assert is_up(cluster)


def test_data_that_cannot_be_used_is_told_with_what_the_server_said(cluster):
    with running(cluster):
        pass
    version = cluster.data / "PG_VERSION"
    right = version.read_text()
    version.write_text("11\n")

    with pytest.raises(DidNotStart, match="incompatible"), running(cluster):
        pass
    version.write_text(right)


def test_a_long_path_to_the_checkout_does_not_matter(cluster):
    deep = Cluster(cluster.folder / ("d" * 90) / "postgres", is_forgetful=True)
    with running(deep):
        assert is_up(deep)
        assert deep.socket_folder.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(deep.socket_folder)


def test_a_socket_folder_open_to_others_is_refused(cluster):
    deep = Cluster(cluster.folder / ("d" * 90) / "postgres", is_forgetful=True)
    deep.socket_folder.mkdir(mode=0o777)
    deep.socket_folder.chmod(0o777)
    if os.geteuid() == 0:
        shutil.chown(deep.socket_folder, "nobody")

    with pytest.raises(DidNotStart, match="please remove it"), running(deep):
        pass
    deep.socket_folder.rmdir()


def test_test_databases_that_a_killed_run_left_are_dropped_at_the_next_start(cluster):
    with running(cluster) as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE test_nobat_1")

    with running(cluster) as url, psycopg.connect(url) as connection:
        left = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test%'")
        assert left.fetchall() == []
