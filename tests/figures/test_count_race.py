"""Two machines count at once, while somebody books."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction

from nobat.figures.count import count_days, measure_first_free
from nobat.figures.models import OfficeDayTotal
from tests.at_once import at_once
from tests.build import TOMORROW, book, make_office, make_slot

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = TOMORROW - timedelta(days=1)


def count() -> int:
    return count_days(first=TODAY, last=TOMORROW)


@pytest.mark.parametrize("round_", range(3))
def test_together_they_change_what_one_would_have_changed(office, petition, sara, slot, round_):
    for number in range(20):
        make_slot(make_office(f"20{number:02}"), "10:00")
    book(sara, slot, petition)

    # 21 days of offices, the day of the booking, two days of the province, one of a service.
    assert sum(at_once([count] * 4)) == 25
    assert OfficeDayTotal.objects.count() == 22


@pytest.mark.parametrize("round_", range(3))
def test_each_office_is_measured_once(office, slot, round_):
    for number in range(20):
        make_slot(make_office(f"20{number:02}"), "10:00")

    assert sum(at_once([lambda: measure_first_free(today=TODAY)] * 4)) == 21


def test_whoever_counts_later_waits_and_sees_the_later_rows(office, slot):
    def count_another_day() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        try:
            return str(count_days(first=TODAY, last=TODAY))
        except OperationalError:
            return "waits"

    with transaction.atomic():
        count_days(first=TOMORROW, last=TOMORROW)
        assert at_once([count_another_day]) == ["waits"]
    assert at_once([count_another_day]) == ["0"]
