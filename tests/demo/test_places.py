from random import Random

import pytest

from nobat.demo.places import spread
from nobat.offices.models import County

pytestmark = pytest.mark.django_db


@pytest.fixture
def counties():
    return list(County.objects.order_by("code"))


@pytest.mark.parametrize("offices", [1, 5, 482, 483, 1500, 6000])
def test_as_many_offices_as_asked(counties, offices):
    assert sum(spread(offices, counties, Random(1)).values()) == offices


def test_every_county_has_an_office_as_soon_as_there_are_enough(counties):
    assert min(spread(len(counties), counties, Random(1)).values()) == 1


def test_offices_stand_where_people_live(counties):
    given = spread(1500, counties, Random(1))

    largest = sorted(given, key=given.get, reverse=True)[:3]
    assert largest == ["2301", "0916", "1002"]  # Tehran, Mashhad, Isfahan
    assert given["2301"] < 1500 / 4


def test_the_same_chance_spreads_the_same(counties):
    assert spread(700, counties, Random(3)) == spread(700, counties, Random(3))
