import pytest

from nobat.offices.known_places import known_places
from nobat.offices.models import County, Service
from nobat.offices.office_details import WrongDetail

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name", ["شیراز", "شهرستان شيراز", "0707", "۷۰۷", "شیراز "], ids=lambda name: repr(name)
)
def test_a_county_is_known_by_its_name_or_its_code(name):
    assert known_places().county(name).code == "0707"


def test_a_county_is_known_by_its_older_name_too():
    assert known_places().county("بینالود").name == "طرقبه شاندیز"


def test_of_two_counties_with_one_name_the_province_says_which():
    County.objects.filter(code="0702").update(province="23", name="شیراز")
    places = known_places()

    assert places.county("شیراز", "استان فارس").code == "0707"
    assert places.county("شیراز", "تهران").code == "0702"
    with pytest.raises(WrongDetail, match="بیش از یک بار"):
        places.county("شیراز")


def test_a_county_of_another_province_is_refused():
    with pytest.raises(WrongDetail, match="در استان «تهران» شناخته نیست"):
        known_places().county("شیراز", "تهران")


@pytest.mark.parametrize("name", ["نیست‌آباد", "9999", "؟"])
def test_an_unknown_county_is_refused(name):
    with pytest.raises(WrongDetail):
        known_places().county(name)


def test_services_are_known_by_title_or_code_and_parted_by_any_sign():
    places = known_places()
    petition, brief = (Service.objects.get(code=code).title for code in ("petition", "brief"))

    for text in (
        f"{petition}؛ {brief}",
        f"{petition}\n{brief}",
        "petition, brief",
        "brief،petition",
    ):
        assert places.service_codes(text) == {"petition", "brief"}


def test_a_comma_in_a_title_parts_nothing():
    Service.objects.filter(code="petition").update(title="دادخواست، شکواییه")

    assert known_places().service_codes("دادخواست، شکواییه؛brief") == {"petition", "brief"}


def test_a_head_or_an_unknown_service_is_refused():
    for text in ("filing", "نیست"):
        with pytest.raises(WrongDetail, match="خدمت"):
            known_places().service_codes(text)
