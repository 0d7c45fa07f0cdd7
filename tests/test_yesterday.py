"""While a new version is put in place, the one before it serves on the new tables.

Its own tests say whether it can: they are taken from the history of this clone, as it stood
before the newest migration, and run against a database that today's migrations have made.
"""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from nobat import local_postgres

CHECKOUT = Path(__file__).resolve().parent.parent
MIGRATIONS = "nobat/*/migrations/*.py"
JOURNEYS = [
    "tests/appointments/test_book.py",
    "tests/appointments/test_move.py",
    "tests/visits/test_check_in.py",
    "tests/web/citizen/test_choose_time.py",
]
# Not in the history: made at set-up, or read by pages of any version.
MADE_AT_SET_UP = ["var/fonts", "nobat/web/static/vendor"]


def of_git(*question):
    asked = ["git", "-c", f"safe.directory={CHECKOUT}", *question]
    told = subprocess.run(asked, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    return told.stdout.strip()


def yesterday():
    """The version before the newest migration; today's, while that one is not committed yet."""
    if of_git("status", "--porcelain", "--", MIGRATIONS):
        return "HEAD"
    newest = of_git("log", "-1", "--format=%H", "--", MIGRATIONS)
    return of_git("rev-parse", "--quiet", "--verify", f"{newest}^")


@pytest.fixture
def code(tmp_path):
    version = yesterday()
    if not version:
        pytest.skip("no history of git here to take yesterday's code from")
    archive = tmp_path / "code.tar"
    of_git("archive", "--output", str(archive), version)
    subprocess.run(["tar", "--extract", "--file", archive, "--directory", tmp_path], check=True)
    for made in MADE_AT_SET_UP:
        (tmp_path / made).parent.mkdir(exist_ok=True)
        (tmp_path / made).symlink_to(CHECKOUT / made)
    return tmp_path


@pytest.fixture
def database():
    """Its name is the one that yesterday's tests look for."""
    name = f"yesterday_{os.getpid()}"
    order = sql.SQL("DROP DATABASE IF EXISTS {0} WITH (FORCE)").format(
        sql.Identifier(f"test_{name}")
    )
    make = sql.SQL("CREATE DATABASE {0}").format(sql.Identifier(f"test_{name}"))
    with psycopg.connect(local_postgres.TESTS.database_url("postgres"), autocommit=True) as server:
        server.execute(make)
        yield name
        server.execute(order)


def run(folder, database, *command):
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=os.environ | {"DATABASE_URL": local_postgres.TESTS.database_url(database)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.real_time
def test_the_code_of_yesterday_serves_on_the_tables_of_today(code, database):
    migrated = run(CHECKOUT, f"test_{database}", "manage.py", "migrate", "--verbosity", "0")
    assert migrated.returncode == 0, migrated.stderr

    there_are = [journey for journey in JOURNEYS if (code / journey).exists()]
    options = ["-q", "--reuse-db", "-p", "no:cacheprovider"]
    tried = run(code, database, "-m", "pytest", *options, *there_are)

    assert len(there_are) > len(JOURNEYS) / 2
    assert tried.returncode == 0, tried.stdout[-5000:]
