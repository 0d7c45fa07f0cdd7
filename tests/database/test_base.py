"""A connection is asked whether it lives only if there is a doubt."""

import pytest
from django.db import connection


def pid():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def by_somebody_else(statement, values=None):
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute(statement, values)
    other.close()


def at_the_start_of_a_request():
    connection.health_check_done = False
    connection.close_if_health_check_failed()


@pytest.mark.django_db(transaction=True)
class TestConnection:
    def test_one_that_lives_is_not_asked(self, monkeypatch):
        connection.ensure_connection()
        monkeypatch.setattr(connection.connection, "cursor", None)
        assert connection.is_usable()

    def test_one_that_the_server_has_ended_is_replaced(self):
        before = pid()
        by_somebody_else("SELECT pg_terminate_backend(%s, 2000)", [before])
        at_the_start_of_a_request()
        assert pid() != before

    def test_one_that_was_told_something_is_asked(self):
        """A notice lies there to be read, and the server is well."""
        before = pid()
        with connection.cursor() as cursor:
            cursor.execute("LISTEN news")
        by_somebody_else("NOTIFY news")
        at_the_start_of_a_request()
        assert pid() == before
