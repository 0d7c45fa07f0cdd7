import pytest

from nobat.offices.models import AssociationMember, Office, OfficeStatus, Province
from nobat.offices.register import RegisterSearch, find_in_register
from tests.build import make_county, make_office

NATIONAL = AssociationMember()


@pytest.fixture(autouse=True)
def _offices(office):
    tehran = make_county("2301", "تهران")
    make_office("2301", county=tehran, name="سرو", manager="مینا شریفی", status=OfficeStatus.CLOSED)


def codes(member=NATIONAL, **search) -> list[str]:
    return [office.code for office in find_in_register(member, RegisterSearch(**search))]


@pytest.mark.parametrize("words", ["دفتر سرو", "مينا", "شریفی", "۲۳۰۱", "23"])
def test_an_office_is_found_by_name_manager_or_code_open_or_not(words):
    assert codes(words=words) == ["2301"]


@pytest.mark.parametrize(
    "search", [{"province": "23"}, {"county": "2301"}, {"status": OfficeStatus.CLOSED}]
)
def test_an_office_is_found_by_its_place_and_status(search):
    assert codes(**search) == ["2301"]
    assert codes(**search, words="نارنجستان") == []


def test_without_a_search_all_are_there_by_province():
    assert codes() == [
        office.code for office in Office.objects.order_by("county__province__position")
    ]
    assert len(codes()) == 2


def test_an_officer_of_a_province_finds_the_own_offices_alone():
    officer = AssociationMember(province=Province.objects.get(code="07"))

    assert codes(officer) == ["1021"]
    assert codes(officer, province="23") == []
