"""What is noted by the way never stops who reads."""

import pytest
from django.db import InternalError, connection

from nobat.people.models import Person
from nobat.shared.reading_only import is_for_reading_only, noted_by_the_way


@pytest.mark.django_db(transaction=True)
class TestByTheWay:
    @pytest.fixture(autouse=True)
    def only_reading(self, sara):
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = on")
        yield
        connection.close()

    def test_it_is_left_out_where_one_can_only_read(self):
        assert is_for_reading_only()
        with noted_by_the_way():
            Person.objects.update(first_name="هما")
        assert Person.objects.get().first_name == "سارا"

    def test_any_other_trouble_is_told(self):
        with pytest.raises(ZeroDivisionError), noted_by_the_way():
            raise ZeroDivisionError
        with pytest.raises(InternalError), noted_by_the_way():
            raise InternalError
