from datetime import timedelta

from nobat.visits.numbers import next_number
from tests.build import TOMORROW, make_office


def test_each_offices_day_counts_from_one(office):
    other = make_office("1033")
    assert [next_number(office, TOMORROW) for _ in range(3)] == [1, 2, 3]
    assert next_number(other, TOMORROW) == 1
    assert next_number(office, TOMORROW + timedelta(days=1)) == 1
