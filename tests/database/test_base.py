"""A connection is asked whether it lives only if there is a doubt; what is certain is said."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep

import pytest
from django.db import IntegrityError, InternalError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from nobat.database import no_writing, reading
from nobat.database.reading import may_read_a_copy
from nobat.database.trouble import NoConnection, OutcomeUnknown
from tests.own_server import (
    everything_on,
    halt,
    order,
    own_server,
    resume,
    standby_of,
    wait_until_it_follows,
)


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

    def test_so_it_is_before_a_prepared_statement(self):
        """With which most pages begin: who is asking."""
        by_somebody_else("SELECT pg_terminate_backend(%s, 2000)", [pid()])
        connection.close_if_unusable_or_obsolete()  # at the start of a request
        with connection.prepared_cursor() as cursor:
            cursor.execute("SELECT 1")
            assert cursor.fetchone() == (1,)

    def test_one_that_is_too_old_is_replaced_before_a_prepared_statement_too(self):
        """A search is answered where no request of Django has begun, which would look at it."""
        before = pid()
        connection.close_at = 0
        with connection.prepared_cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            assert cursor.fetchone() != (before,)

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


@pytest.fixture(scope="module")
def server():
    with own_server() as cluster:
        order(cluster, "CREATE TABLE kept (id int PRIMARY KEY)")
        yield cluster


@pytest.fixture
def without_its_standby(server):
    """COMMIT waits for one that does not exist."""
    order(
        server, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'", "SELECT pg_reload_conf()"
    )
    yield server
    order(server, "ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")


WAITING = "SELECT {}(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"


def end_the_wait(server, how="pg_cancel_backend"):
    for _ in range(200):
        if order(server, WAITING.format(how)).fetchall():
            return True
        sleep(0.05)
    return False


def asked_and_the_wait_ended(server, ask, how="pg_cancel_backend"):
    with everything_on(server), ThreadPoolExecutor(1) as operator:
        connection.ensure_connection()
        ended = operator.submit(end_the_wait, server, how)
        try:
            return ask()
        finally:
            assert ended.result()


def by_a_cursor():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO kept VALUES (1)")


def many_by_a_cursor():
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO kept VALUES (%s)", [(1,)])


def prepared():
    with connection.prepared_cursor() as cursor:
        cursor.execute("INSERT INTO kept VALUES (%s)", [1])


def without_a_cursor():
    connection.first_row("INSERT INTO kept VALUES ($1::int) RETURNING id", ["1"])


def in_a_transaction():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO kept VALUES (1)")


EVERY_WAY = [by_a_cursor, many_by_a_cursor, prepared, without_a_cursor, in_a_transaction]


@pytest.mark.real_time
@pytest.mark.django_db(transaction=True)
class TestCertainty:
    @pytest.mark.parametrize("write", EVERY_WAY)
    def test_a_commit_that_was_not_waited_for_is_in_doubt(self, without_its_standby, write):
        order(without_its_standby, "SET synchronous_commit = off", "TRUNCATE kept")
        with pytest.raises(OutcomeUnknown):
            asked_and_the_wait_ended(without_its_standby, write)
        assert order(without_its_standby, "SELECT id FROM kept").fetchall() == [(1,)]

    @pytest.mark.parametrize("write", EVERY_WAY)
    def test_one_that_was_waited_for_is_not(self, server, write):
        order(server, "TRUNCATE kept")
        with everything_on(server):
            connection.ensure_connection()
            write()

    def test_so_is_one_whose_server_is_told_to_end_the_connection(self, without_its_standby):
        order(without_its_standby, "SET synchronous_commit = off", "TRUNCATE kept")
        with pytest.raises(OutcomeUnknown):
            asked_and_the_wait_ended(without_its_standby, in_a_transaction, "pg_terminate_backend")

    def test_another_warning_is_no_doubt(self):
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE WARNING 'canceling wait'; END $$")

    def test_a_statement_without_an_answer_is_in_doubt_but_within_a_transaction_it_is_not(self):
        broken = "SELECT pg_terminate_backend(pg_backend_pid())"
        with pytest.raises(OutcomeUnknown), connection.cursor() as cursor:
            cursor.execute(broken)
        connection.close()
        within = transaction.atomic()
        with pytest.raises(OperationalError) as undone, within, connection.cursor() as cursor:
            cursor.execute(broken)
        assert type(undone.value) is OperationalError

    def test_what_the_server_refuses_is_certain(self, server):
        order(server, "TRUNCATE kept", "INSERT INTO kept VALUES (1)")
        for write in (by_a_cursor, in_a_transaction):
            with everything_on(server), pytest.raises(IntegrityError):
                write()


@pytest.mark.real_time
@pytest.mark.django_db(transaction=True)
class TestCopy:
    @pytest.fixture
    def standby(self, server, monkeypatch):
        with standby_of(server) as cluster:
            place = {"host": str(cluster.socket_folder), "dbname": "nobat"}
            monkeypatch.setitem(connection.settings_dict, "READ", place)
            with everything_on(server):
                yield cluster

    @pytest.fixture
    def gone(self, server, standby):
        halt(server)
        yield standby
        resume(server)

    def test_who_decides_nothing_reads_it_while_the_primary_is_gone(self, gone):
        with may_read_a_copy(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery()")
            assert cursor.fetchone() == (True,)
        assert connection.is_for_reading_only

    def test_it_knows_since_when_nothing_can_be_written(self, server, standby):
        order(server, "TRUNCATE kept")
        wait_until_it_follows(standby, server)
        sleep(0.2)
        halt(server)
        try:
            with may_read_a_copy():
                connection.ensure_connection()
            assert no_writing.goes_on()
            so_far = no_writing.time_without_writing(within=timedelta(minutes=1))
            assert timedelta(seconds=0.2) <= so_far < timedelta(seconds=30)
        finally:
            resume(server)
        connection.close()
        connection.ensure_connection()
        assert not no_writing.goes_on()

    def test_nobody_else_does(self, gone):
        with pytest.raises(NoConnection):
            connection.ensure_connection()

    def test_nobody_writes_there_even_if_it_has_become_a_primary(self, gone):
        order(gone, "SELECT pg_promote()")
        with may_read_a_copy(), pytest.raises(InternalError):
            by_a_cursor()
        assert reading.was_refused()

    def test_the_next_request_asks_the_primary_first(self, server, standby):
        halt(server)
        with may_read_a_copy():
            connection.ensure_connection()
        resume(server)
        connection.close_if_unusable_or_obsolete()  # at the end of the request
        with may_read_a_copy(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery()")
            assert cursor.fetchone() == (False,)
        assert not connection.is_for_reading_only

    def test_without_one_there_is_no_connection(self, gone, monkeypatch):
        monkeypatch.setitem(connection.settings_dict, "READ", {})
        with may_read_a_copy(), pytest.raises(NoConnection):
            connection.ensure_connection()
