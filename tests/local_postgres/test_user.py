"""Root lets another user run the server, and gives away as little as that needs."""

import os
import pwd
import shutil
import stat
import tempfile
from pathlib import Path

import pytest

from nobat.local_postgres.user import let_through, make_folder, owner_of, server_user

NOBODY = pwd.getpwnam("nobody")


@pytest.fixture
def home():
    folder = Path(tempfile.mkdtemp(prefix="nobat-test-"))
    yield folder
    shutil.rmtree(folder)


def mode(path):
    return oct(stat.S_IMODE(path.stat().st_mode))


def test_a_shut_folder_on_the_way_may_be_passed_and_not_listed(home):
    inside = home / "checkout" / "var"
    inside.mkdir(parents=True)
    home.chmod(0o700)
    (home / "checkout").chmod(0o750)

    assert let_through(NOBODY, [inside]) == [home, home / "checkout"]
    assert [mode(home), mode(home / "checkout")] == ["0o701", "0o751"]


def test_what_lies_at_the_end_of_the_way_stays_as_it_was(home):
    home.chmod(0o755)
    secret = home / "var"
    secret.mkdir(mode=0o700)

    assert let_through(NOBODY, [secret]) == []
    assert mode(secret) == "0o700"


def test_no_folder_is_opened_twice(home):
    home.chmod(0o700)
    let_through(NOBODY, [home / "var"])

    assert let_through(NOBODY, [home / "var"]) == []


def test_folders_made_on_the_way_belong_to_the_owner_of_the_checkout(home):
    if os.geteuid() == 0:
        os.chown(home, NOBODY.pw_uid, NOBODY.pw_gid)

    make_folder(home / "var" / "postgres", like=owner_of(home))

    assert (home / "var" / "postgres").stat().st_uid == home.stat().st_uid


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user")
def test_root_takes_the_owner_of_the_checkout_or_else_nobody(home):
    assert server_user(home / "var").pw_name == "nobody"

    daemon = pwd.getpwnam("daemon")
    os.chown(home, daemon.pw_uid, daemon.pw_gid)
    assert server_user(home / "var").pw_name == "daemon"


@pytest.mark.skipif(os.geteuid() == 0, reason="root needs another user")
def test_an_ordinary_user_runs_it_alone(home):
    assert server_user(home / "var") is None
