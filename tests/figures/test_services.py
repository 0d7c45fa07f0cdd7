from datetime import timedelta

import pytest

from nobat.figures.figures import Part
from nobat.figures.models import ServiceDayTotal
from nobat.figures.month import Span
from nobat.figures.services import rows_of_services
from tests.build import TOMORROW, book, make_county, make_service

pytestmark = pytest.mark.django_db
SPAN = Span(TOMORROW, TOMORROW + timedelta(days=1), "")


@pytest.fixture(autouse=True)
def totals(office, petition):
    notice = make_service("notice", "اظهارنامه")
    for county, service, day, number in (
        (office.county, petition, 0, 3),
        (office.county, notice, 1, 5),
        (make_county("0701"), petition, 0, 20),
        (make_county("2301"), notice, 0, 100),
        (office.county, petition, 2, 1000),
    ):
        ServiceDayTotal.objects.create(
            county=county, service=service, day=TOMORROW + timedelta(days=day), appointments=number
        )


def found(part: Part) -> list[tuple[str, int]]:
    return [(row.title, row.appointments) for row in rows_of_services(part, SPAN)]


def test_the_most_asked_for_stand_first(office, petition):
    fars = office.county.province

    assert found(Part()) == [("اظهارنامه", 105), (petition.title, 23)]
    assert found(Part(fars)) == [(petition.title, 23), ("اظهارنامه", 5)]
    assert found(Part(fars, office.county)) == [("اظهارنامه", 5), (petition.title, 3)]


def test_those_of_one_office_are_its_own_appointments(office, petition, sara, slot):
    book(sara, slot, petition)

    assert found(Part(office.county.province, office.county, office)) == [(petition.title, 1)]
