from datetime import timedelta

import pytest

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.touched_by_holiday import (
    Touched,
    TouchedProvince,
    standing_on,
    touched_by_holiday,
)
from tests.build import TOMORROW, book, make_county, make_office, make_slot

pytestmark = pytest.mark.django_db


def fars(appointments):
    return Touched([TouchedProvince("07", "فارس", 1, appointments)])


def test_it_counts_appointments_and_offices_by_province(sara, reza, office, petition):
    tehran = make_office("2001", services=[petition], county=make_county("2301"))
    book(sara, make_slot(office, "10:00", capacity=2), petition)
    book(reza, make_slot(office, "11:00"), petition)
    book(sara, make_slot(tehran, "15:00"), petition)
    book(sara, make_slot(office, "10:00", day=TOMORROW + timedelta(days=1)), petition)

    touched = touched_by_holiday(TOMORROW)

    assert {each.code: each[2:] for each in touched.provinces} == {"07": (1, 2), "23": (1, 1)}
    assert (touched.appointments, touched.offices) == (3, 2)


def test_who_no_longer_stands_is_not_touched(sara, slot, petition):
    appointment = book(sara, slot, petition)
    assert list(standing_on(TOMORROW)) == [appointment]

    cancel_appointment(appointment=appointment, by=sara)
    assert touched_by_holiday(TOMORROW) == Touched([])


@pytest.mark.parametrize(
    ("seen", "now", "is_the_same"),
    [
        (10, 10, True),
        (10, 9, True),
        (10, 11, False),
        (0, 1, False),
        (1000, 1020, True),
        (1000, 1021, False),
    ],
)
def test_more_people_than_were_seen_make_it_another_decision(seen, now, is_the_same):
    assert fars(now).was_seen(fars(seen).version) is is_the_same


def test_a_province_that_was_not_seen_counts(sara):
    both = Touched([TouchedProvince("07", "فارس", 1, 1), TouchedProvince("23", "تهران", 1, 1)])
    assert not both.was_seen("07:1")
    assert both.was_seen("23:1,07:1")


@pytest.mark.parametrize("nonsense", ["", "x", "07", "07:", "07:x,:", ",,"])
def test_nonsense_has_seen_nobody(nonsense):
    assert not fars(1).was_seen(nonsense)
    assert Touched([]).was_seen(nonsense)
