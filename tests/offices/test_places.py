"""What the migrations bring: the country, and what people come for."""

import pytest

from nobat.offices.models import County, Province, Service
from nobat.offices.places import provinces, subjects
from nobat.shared.alphabet import alphabetical

pytestmark = pytest.mark.django_db


def test_the_country_has_31_provinces_and_483_counties():
    assert Province.objects.count() == 31
    assert County.objects.count() == 483


def test_a_county_lies_in_the_province_that_its_code_begins_with():
    wrong = [county for county in County.objects.all() if county.code[:2] != county.province_id]

    assert wrong == []


def test_the_county_without_a_code_bears_one_with_a_letter():
    assert County.objects.get(code="29A1").name == "عشق‌آباد"


def test_places_stand_in_the_order_of_the_persian_alphabet():
    for names in (
        [province.name for province in provinces()],
        *([county.name for county in province.counties] for province in provinces()),
    ):
        assert names == sorted(names, key=alphabetical)


def test_a_county_is_found_by_its_older_name_too():
    assert "بینالود" in County.objects.get(name="طرقبه شاندیز").name_key


def test_centres_of_counties_lie_in_iran():
    known = County.objects.exclude(lat=None)

    assert known.count() == 481
    assert not known.exclude(lat__range=(25, 40), lon__range=(44, 64)).exists()


def test_people_book_subjects_and_not_their_heads():
    heads = Service.objects.filter(parent=None)

    assert heads.exists()
    assert not heads.filter(is_bookable=True).exists()
    assert not Service.objects.exclude(parent=None).filter(is_bookable=False).exists()


def test_what_people_come_for_most_has_a_code_that_stays():
    codes = {choice.code for head in subjects() for choice in head.subjects}

    assert {"petition", "declaration", "appeal", "follow-up", "sana"} <= codes


def test_every_subject_asks_for_card_and_receipt_first():
    for service in Service.objects.filter(is_bookable=True):
        assert service.papers[0] == "کارت ملی و رسید نوبت", service.code


def test_the_sana_code_is_among_the_papers_where_it_is_needed():
    for service in Service.objects.filter(is_bookable=True):
        assert ("کد ثنا و رمز شخصی" in service.papers) == service.needs_sana, service.code
