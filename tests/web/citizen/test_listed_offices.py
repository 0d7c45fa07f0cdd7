"""What is kept of a search is what a search gives."""

import random

import pytest

from nobat.offices.find import OfficeSearch, find_offices
from nobat.offices.models import County, Office, OfficeStatus
from nobat.web.citizen.listed_offices import OFFICES_ON_A_PAGE, listed_offices
from tests.build import make_office, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def country():
    """Fifty offices in two counties, with and without a service, and two that are shut."""
    chance = random.Random(7)
    services = [make_service("petition", "دادخواست"), make_service("sana", "ثنا")]
    counties = list(County.objects.filter(name__in=["شیراز", "مرودشت"]))
    for number in range(50):
        make_office(
            f"{1000 + number}",
            county=chance.choice(counties),
            services=chance.sample(services, chance.randint(0, 2)),
            lat=29 + chance.random(),
            lon=52 + chance.random(),
        )
    Office.objects.filter(code__in=["1003", "1004"]).update(status=OfficeStatus.SUSPENDED)
    return counties


@pytest.mark.parametrize("service", ["", "petition"])
def test_all_pages_together_are_the_search(country, service):
    searches = [OfficeSearch(service=service), OfficeSearch(service=service, province="07")]
    searches += [OfficeSearch(service=service, county=county.code) for county in country]
    for search in searches:
        for _ in range(2):  # read, and kept
            first = listed_offices(search, 1)
            pages = range(1, -(-first.total // OFFICES_ON_A_PAGE) + 1)
            shown = [office for page in pages for office in listed_offices(search, page).offices]
            wanted = list(find_offices(search))
            assert [office.pk for office in shown] == [office.pk for office in wanted]
            assert [office.metres for office in shown] == [office.metres for office in wanted]
            assert first.total == len(wanted)


def test_a_page_behind_the_last_is_empty(country):
    assert listed_offices(OfficeSearch(), 9) == ([], 0)


def test_words_and_the_own_place_are_asked_each_time(country, django_assert_num_queries):
    for search in (OfficeSearch(code="1001"), OfficeSearch(near=(29.6, 52.5), province="07")):
        listed_offices(search, 9)
        with django_assert_num_queries(1):
            listed_offices(search, 9)
