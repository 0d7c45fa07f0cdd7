"""The server keeps a plan ready, and nothing is asked unseen."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from nobat.shared.prepared import prepared_cursor


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
