from dataclasses import replace

import pytest

from nobat.offices.models import OfficeService
from nobat.offices.office_details import READ, WrongDetail, details_of, differing
from tests.build import make_service


@pytest.mark.parametrize(
    ("field", "written", "read"),
    [
        ("code", "۱۰ ۲۱", "1021"),
        ("name", "دفتر نارنجستان", "نارنجستان"),
        ("name", "دفتر", "دفتر"),
        ("manager", "علي  كريمي", "علی کریمی"),
        ("phone", "۰۷۱-۳۲۰۰۰۱۱۲", "07132000112"),
        ("phone", "7132000112", "07132000112"),
        ("phone", "+98 71 3200 0112", "07132000112"),
        ("lat", "۲۹٫۶۱", 29.61),
        ("lat", "29/61", 29.61),
        ("lon", "52,53°", 52.53),
        ("is_exempt", "بلي", True),
        ("is_exempt", "0", False),
    ],
)
def test_what_people_write_is_read_in_its_one_form(field, written, read):
    assert READ[field](written) == read


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("code", "الف۱۲"),
        ("code", ""),
        ("code", "1" * 13),
        ("name", "س" * 81),
        ("name", "ß" * 80),  # the key of the search is twice as long
        ("address", " "),
        ("phone", "09171234567"),
        ("phone", "110"),
        ("lat", "52.53"),
        ("lat", "-29.61"),
        ("lon", "29.61"),
        ("lon", "شرق"),
        ("lon", "nan"),
        ("is_exempt", "شاید"),
        ("is_exempt", "؟"),
    ],
)
def test_what_cannot_be_is_refused(field, written):
    with pytest.raises(WrongDetail):
        READ[field](written)


def test_details_are_those_of_the_database_without_what_cannot_be_booked(office):
    old = make_service("old", "خدمت پیشین", is_bookable=False)
    OfficeService.objects.create(office=office, service=old)

    details = details_of([office])["1021"]

    assert details.services == {"petition"}
    assert (details.name, details.county) == ("نارنجستان", office.county_id)


def test_a_place_that_moves_by_less_than_anybody_measures_is_the_same(office):
    details = details_of([office])["1021"]

    assert differing(details, replace(details, lat=details.lat + 1e-9)) == []
    assert differing(details, replace(details, lat=29.62, name="سرو")) == ["name", "lat"]
