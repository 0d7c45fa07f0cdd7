"""The server keeps a plan ready, and nothing is asked unseen."""

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from nobat.shared.prepared import AskedAlong, prepared_cursor, prepared_row

SUM = "SELECT $1::int + $2::int"
NAME = "SELECT p.first_name FROM people_person p WHERE p.mobile = $1"


def test_a_prepared_statement_is_planned_once(db):
    for number in range(3):
        with prepared_cursor() as cursor:
            cursor.execute("SELECT %s::int + 1", [number])
            assert cursor.fetchone() == (number + 1,)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%+ 1'")
        assert cursor.fetchone() == (1,)


def test_a_prepared_statement_is_counted_like_any_other(db):
    with CaptureQueriesContext(connection) as statements, prepared_cursor() as cursor:
        cursor.execute("SELECT %s::int", [1])
    assert [each["sql"] for each in statements] == ["SELECT %s::int"]


def test_what_two_parts_ask_is_one_statement(sara, django_assert_num_queries):
    with django_assert_num_queries(1), AskedAlong(NAME, [sara.mobile]) as name:
        assert prepared_row(SUM, ["40", "2"]) == ["42"]
        assert name.answer() == "سارا"


def test_the_numbers_of_ten_values_and_more_stay_apart(db):
    many = f"SELECT concat({', '.join(f'${number}::text' for number in range(1, 13))})"

    with AskedAlong(many, "abcdefghijkl") as first:
        assert prepared_row(many, "mnopqrstuvwx") == ["mnopqrstuvwx"]
    assert first.answer() == "abcdefghijkl"


@pytest.mark.parametrize("name", ["سارا", None])
def test_where_one_of_them_finds_nothing_the_other_is_answered(sara, name):
    with AskedAlong(NAME, [sara.mobile if name else ""]) as found:
        assert prepared_row("SELECT 1 WHERE $1 = 'b'", ["a"]) == []
    assert found.answer() == name


def test_by_itself_it_is_asked_once(sara, django_assert_num_queries):
    with django_assert_num_queries(1):
        with AskedAlong(NAME, [sara.mobile]) as name:
            pass
        assert name.answer() == name.answer() == "سارا"


def test_it_goes_along_once_and_no_longer_than_it_is_wanted(sara):
    with AskedAlong(NAME, [sara.mobile]) as name:
        prepared_row(SUM, ["1", "1"])
        assert prepared_row("SELECT 1, 2", []) == ["1", "2"]  # by itself
    with AskedAlong(NAME, [""]):
        pass
    assert prepared_row("SELECT 1, 2", []) == ["1", "2"]
    assert name.answer() == "سارا"


@pytest.mark.django_db(transaction=True)
def test_what_the_database_refuses_of_one_is_the_answer_of_neither(sara):
    with AskedAlong(NAME, [sara.mobile]) as name, pytest.raises(OperationalError):
        prepared_row(SUM, ["no number", "1"])
    assert name.answer() == "سارا"  # asked again
