from threading import Event

import pytest
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from nobat.web import ask_database as asking
from nobat.web.ask_database import ask_database
from tests.at_once import at_once


@pytest.mark.django_db
def test_a_database_with_every_migration_has_no_trouble():
    state = ask_database()
    assert (state.trouble, state.missing, state.only_reads) == ("", [], False)


@pytest.mark.django_db
def test_a_missing_migration_is_named():
    MigrationRecorder.Migration.objects.filter(app="sms", name="0003_proposed_again").delete()
    assert ask_database().missing == ["sms.0003_proposed_again"]


@pytest.mark.django_db
def test_a_migration_that_only_a_later_release_knows_does_no_harm():
    MigrationRecorder.Migration.objects.create(app="sms", name="9999_of_tomorrow")
    assert ask_database().missing == []


@pytest.mark.django_db(transaction=True)
def test_a_database_that_only_reads_says_so():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        assert ask_database().only_reads
    assert not ask_database().only_reads


@pytest.mark.django_db(transaction=True)
@pytest.mark.real_time
def test_a_database_that_keeps_silent_is_waited_for_no_longer_than_told():
    is_locked, is_done = Event(), Event()
    said = []

    def lock():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE django_migrations")
            is_locked.set()
            is_done.wait(20)

    def ask():
        is_locked.wait(20)
        try:
            said.append(ask_database(within=0.1))
            said.append(connection.connection)
        finally:
            is_done.set()

    at_once([lock, ask])
    assert said[0].trouble == "database: no answer within 0.1 seconds"
    assert said[1] is None, "the silent connection is given up"


@pytest.mark.django_db(transaction=True)
def test_a_database_without_our_tables_refuses_and_says_with_which_code(monkeypatch):
    monkeypatch.setattr(asking, "_STATE", b"SELECT FROM nowhere WHERE $1 = ''")
    assert ask_database().trouble == "database: refuses with 42P01"


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_lost_is_told_and_given_up():
    backend = connection.connection or connection.cursor().connection
    at_once([lambda: _end(backend.info.backend_pid)])
    assert ask_database().trouble == "database: refuses with 57P01"
    assert ask_database().trouble == ""


def _end(backend):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [backend])
