"""That one can only read is known from what the server says of itself, or has refused."""

import pytest
from django.db import InternalError, connection

from nobat.database import reading


@pytest.mark.django_db(transaction=True)
class TestReadingOnly:
    @pytest.fixture(autouse=True)
    def afresh(self):
        connection.close()
        connection.ensure_connection()
        yield
        connection.close()

    def test_a_primary_says_nothing_of_it(self):
        assert not reading.says_so(connection.connection)
        assert not connection.is_for_reading_only

    def test_a_server_for_reading_only_says_so_and_is_not_asked(self):
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = on")
        assert reading.says_so(connection.connection)
        assert connection.is_for_reading_only

    def test_a_refused_write_is_remembered_for_a_moment_on_every_connection(self, monkeypatch):
        cursor = connection.cursor()
        cursor.execute("SET default_transaction_read_only = on")
        with pytest.raises(InternalError):
            cursor.execute("DELETE FROM people_person")
        connection.close()
        connection.ensure_connection()
        assert connection.is_for_reading_only
        monkeypatch.setattr(reading, "REMEMBERED_SECONDS", 0)
        reading.note_refused()
        assert not connection.is_for_reading_only

    def test_without_a_connection_nothing_is_known(self):
        connection.close()
        assert not connection.is_for_reading_only


def test_a_copy_is_enough_only_within_the_block():
    assert not reading.is_a_copy_enough()
    with reading.may_read_a_copy():
        assert reading.is_a_copy_enough()
    assert not reading.is_a_copy_enough()
