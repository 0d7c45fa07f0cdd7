from datetime import timedelta

import pytest

from nobat.figures.figures import Part
from nobat.figures.month import Span
from nobat.figures.parts import rows_of_parts
from tests.build import TOMORROW, make_county, make_office
from tests.figures.totals import total

pytestmark = pytest.mark.django_db
TODAY = Span(TOMORROW - timedelta(days=1), TOMORROW - timedelta(days=1), "")


@pytest.fixture(autouse=True)
def country(office):
    """Two offices in Shiraz, one beside it, one in Tehran; the last is closed for good."""
    neighbour = make_office("1022", county=make_county("0701"))
    tehran = make_office("1023", county=make_county("2301"))
    second = make_office("1024", name="باغ", status="closed")
    for number, each in enumerate((office, neighbour, tehran, second)):
        total(each, TODAY.first, came=10**number)


def rows(part: Part) -> dict[str, tuple[int, int]]:
    return {row.code: (row.offices, row.figures.came) for row in rows_of_parts(part, TODAY)}


def test_the_country_has_provinces(office):
    assert rows(Part()) == {"07": (2, 1011), "23": (1, 100)}


def test_a_province_has_counties(office):
    assert rows(Part(office.county.province)) == {"0701": (1, 10), office.county.code: (1, 1001)}


def test_a_county_has_offices_also_those_that_were_open_then(office):
    assert rows(Part(office.county.province, office.county)) == {"1021": (1, 1), "1024": (1, 1000)}


def test_an_open_office_without_figures_is_there(office):
    make_office("1025")
    make_office("1026", status="closed")

    assert rows(Part(office.county.province, office.county))["1025"] == (1, 0)
    assert "1026" not in rows(Part(office.county.province, office.county))


def test_an_office_has_no_parts(office):
    assert rows(Part(office.county.province, office.county, office)) == {}
