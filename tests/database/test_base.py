"""A connection is asked whether it lives only if there is a doubt."""

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext


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


@pytest.mark.django_db(transaction=True)
class TestFirstRow:
    def test_it_is_the_first_row_as_text(self):
        connection.ensure_connection()
        asked = "SELECT $1::int + 1, upper($2), NULL UNION ALL SELECT 9, 'second', NULL"
        assert connection.first_row(asked, ["41", "سلام a"]) == ["42", "سلام A", None]

    def test_the_second_time_its_plan_is_there(self):
        connection.ensure_connection()
        for _ in range(2):
            connection.first_row("SELECT 'planned once'", [])
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT calls.generic_plans + calls.custom_plans FROM pg_prepared_statements calls"
                " WHERE statement = 'SELECT ''planned once'''"
            )
            assert cursor.fetchall() == [(2,)]

    def test_plans_that_are_forgotten_are_made_again(self):
        connection.ensure_connection()
        for _ in range(2):
            assert connection.first_row("SELECT 1", []) == ["1"]
            with connection.cursor() as cursor:
                cursor.execute("DEALLOCATE ALL")

    def test_behind_a_pooler_nothing_is_prepared(self, monkeypatch):
        connection.ensure_connection()
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "prepare_threshold", None)
        assert connection.first_row("SELECT 'not planned'", []) == ["not planned"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM pg_prepared_statements WHERE statement ~ 'not planned'")
            assert cursor.fetchall() == []

    def test_it_is_part_of_the_transaction_around_it(self, sara):
        with transaction.atomic():
            renamed = "UPDATE people_person SET first_name = $1 RETURNING first_name"
            assert connection.first_row(renamed, ["هما"]) == ["هما"]
            transaction.set_rollback(True)
        sara.refresh_from_db()
        assert sara.first_name == "سارا"

    def test_it_opens_no_connection(self):
        connection.close()
        with pytest.raises(OperationalError):
            connection.first_row("SELECT 1", [])
        assert connection.connection is None

    def test_it_asks_on_no_connection_that_is_too_old(self):
        connection.ensure_connection()
        connection.close_at = 0
        with pytest.raises(OperationalError):
            connection.first_row("SELECT 1", [])

    @pytest.mark.parametrize("statement", ["SELECT 1 / $1::int", "no statement: $1"])
    def test_what_the_database_refuses_is_told_without_its_values(self, statement):
        connection.ensure_connection()
        with pytest.raises(OperationalError) as refused:
            connection.first_row(statement, ["0"])
        assert str(refused.value) == "refused by the database"
        connection.close_if_unusable_or_obsolete()  # the next request
        assert connection.first_row("SELECT 1", []) == ["1"]

    def test_a_server_that_is_gone_gives_no_answer(self):
        by_somebody_else("SELECT pg_terminate_backend(%s, 2000)", [pid()])
        with pytest.raises(OperationalError):
            connection.first_row("SELECT 1", [])
        connection.close_if_unusable_or_obsolete()
        assert connection.connection is None

    def test_it_is_counted_with_the_other_statements(self):
        connection.ensure_connection()
        with CaptureQueriesContext(connection) as statements:
            connection.first_row("SELECT 1", [])
        assert [each["sql"] for each in statements] == ["SELECT 1"]


@pytest.mark.django_db(transaction=True)
class TestPreparedRow:
    def test_it_is_the_first_row_as_text_and_empty_without_one(self):
        assert connection.prepared_row("SELECT $1::int + 1, NULL", ["41"]) == ["42", None]
        assert connection.prepared_row("SELECT 1 WHERE $1 = 'b'", ["a"]) == []

    def test_it_opens_a_connection(self):
        connection.close()
        assert connection.prepared_row("SELECT 1", []) == ["1"]

    def test_one_that_is_too_old_is_replaced(self):
        before = pid()
        connection.close_at = 0
        assert connection.prepared_row("SELECT pg_backend_pid()", []) != [str(before)]

    def test_one_on_which_something_failed_is_looked_at_first(self):
        before = pid()
        with pytest.raises(OperationalError):
            connection.prepared_row("SELECT 1 / $1::int", ["0"])
        assert connection.prepared_row("SELECT pg_backend_pid()", []) == [str(before)]

    def test_one_that_the_server_has_ended_is_replaced_at_the_start_of_a_request(self):
        before = pid()
        by_somebody_else("SELECT pg_terminate_backend(%s, 2000)", [before])
        connection.health_check_done = False
        assert connection.prepared_row("SELECT pg_backend_pid()", []) != [str(before)]

    def test_within_a_transaction_it_stays_on_the_connection(self):
        with transaction.atomic():
            before = pid()
            connection.close_at = 0
            assert connection.prepared_row("SELECT pg_backend_pid()", []) == [str(before)]

    def test_it_is_counted_with_the_other_statements(self):
        connection.ensure_connection()
        with CaptureQueriesContext(connection) as statements:
            connection.prepared_row("SELECT 1", [])
        assert [each["sql"] for each in statements] == ["SELECT 1"]
