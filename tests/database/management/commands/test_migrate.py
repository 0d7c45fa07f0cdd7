"""A change of the tables gives way to whoever uses them."""

import pytest
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate as of_django
from django.db import OperationalError, connection, transaction

from nobat.database.management.commands import migrate

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_time]

TABLE = "people_throttle"


@pytest.fixture
def reader():
    """Somebody who has read the table, and is not done yet."""
    somebody = connection.copy()
    somebody.set_autocommit(False)
    with somebody.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {TABLE} IN ACCESS SHARE MODE")
    yield somebody
    somebody.rollback()
    somebody.close()


@pytest.fixture(autouse=True)
def a_change_of_that_table(monkeypatch):
    def change(self, *args, **options):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {TABLE} IN ACCESS EXCLUSIVE MODE")

    monkeypatch.setattr(of_django.Command, "handle", change)
    monkeypatch.setattr(migrate, "WAITS_AT_MOST", "100ms")


def lock_timeout():
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        return cursor.fetchone()[0]


def test_it_comes_back_when_the_table_is_free(reader, monkeypatch, capsys):
    pauses = []

    def pause(seconds):
        pauses.append(seconds)
        reader.commit()

    monkeypatch.setattr(migrate.time, "sleep", pause)
    call_command("migrate")

    assert pauses == [1]
    assert "Somebody works on a table; again in 1 s." in capsys.readouterr().err


def test_those_who_come_later_do_not_wait_behind_it(reader, monkeypatch):
    """While it pauses nothing of it stands in the queue before the table."""

    def pause(seconds):
        later = connection.copy()
        later.set_autocommit(False)
        with later.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
            cursor.execute(f"LOCK TABLE {TABLE} IN ACCESS SHARE MODE")
        later.close()
        reader.commit()

    monkeypatch.setattr(migrate.time, "sleep", pause)
    call_command("migrate")


def test_it_ends_when_the_table_is_never_free(reader, monkeypatch):
    monkeypatch.setattr(migrate.time, "sleep", lambda seconds: None)

    with pytest.raises(CommandError, match="Nothing of this migration was done"):
        call_command("migrate")


def test_another_mistake_is_not_tried_again(monkeypatch):
    def break_(self, *args, **options):
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '10ms'")
            try:
                cursor.execute("SELECT pg_sleep(1)")
            finally:
                cursor.execute("RESET statement_timeout")

    monkeypatch.setattr(of_django.Command, "handle", break_)

    with pytest.raises(OperationalError, match="statement timeout"):
        call_command("migrate")


def test_its_patience_is_not_that_of_the_program_that_called_it(reader, monkeypatch):
    reader.commit()
    before = lock_timeout()

    call_command("migrate")

    assert lock_timeout() == before
