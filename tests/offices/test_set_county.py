from dataclasses import replace

import pytest
from django.core.cache import cache

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.offices.models import County, Province
from nobat.offices.places import provinces
from nobat.offices.set_county import (
    CountyCodeTaken,
    CountyDetails,
    CountyHasOffices,
    CountyThereAlready,
    WrongCountyCode,
    add_county,
    remove_county,
    set_county,
)
from nobat.shared.alphabet import alphabetical

FRESH = CountyDetails(code="0799", name="آبادشهر", other_name="", lat=29.1, lon=53.2)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def fars(db) -> Province:
    return Province.objects.get(code="07")


@pytest.fixture
def shiraz(fars) -> County:
    return County.objects.get(code="0707")


def of_fars() -> list[str]:
    [names] = [
        [each.name for each in there.counties] for there in provinces() if there.code == "07"
    ]
    return names


def test_a_fresh_county_is_in_the_search_of_citizens_at_its_place_in_the_alphabet(fars, dr_karimi):
    assert "آبادشهر" not in of_fars()

    add_county(province=fars, details=FRESH, by=dr_karimi)

    assert of_fars()[0] == "آبادشهر"
    in_order = list(County.objects.order_by("position").values_list("name", flat=True))
    assert in_order == sorted(in_order, key=alphabetical)
    positions = County.objects.order_by("position").values_list("position", flat=True)
    assert list(positions) == list(range(1, 485))


def test_a_county_keeps_its_offices_under_another_name(office, shiraz, dr_karimi):
    details = CountyDetails(code="0707", name="یزدشهر", other_name="شیراز", lat=29.6, lon=52.5)

    set_county(county=shiraz, details=details, by=dr_karimi)

    office.refresh_from_db()
    assert office.county.name == "یزدشهر"
    assert office.county.name_key == "یزدشهر شیراز"
    assert of_fars()[-1] == "یزدشهر"


def test_the_journal_says_which_fields_were_set_and_nothing_when_none_was(shiraz, dr_karimi):
    details = CountyDetails(
        code="0707", name="شیراز", other_name="", lat=shiraz.lat, lon=shiraz.lon
    )
    set_county(county=shiraz, details=details, by=dr_karimi)
    assert not JournalEntry.objects.exists()

    set_county(county=shiraz, details=replace(details, lat=29.5), by=dr_karimi)

    [entry] = JournalEntry.objects.all()
    assert (entry.act, entry.details) == (Act.COUNTY_SET, {"code": "0707", "fields": ["lat"]})


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("code", "0707", CountyCodeTaken),
        ("code", "2399", WrongCountyCode),
        ("code", "079", WrongCountyCode),
        ("code", "07 9", WrongCountyCode),
        ("name", "شيراز", CountyThereAlready),
    ],
)
def test_what_would_be_taken_for_another_county_is_refused(fars, dr_karimi, field, value, refusal):
    with pytest.raises(refusal):
        add_county(province=fars, details=replace(FRESH, **{field: value}), by=dr_karimi)

    assert County.objects.count() == 483


def test_a_county_with_offices_is_never_removed(office, shiraz, dr_karimi):
    with pytest.raises(CountyHasOffices):
        remove_county(county=shiraz, by=dr_karimi)

    assert County.objects.filter(code="0707").exists()
    assert not JournalEntry.objects.exists()


def test_a_county_added_by_mistake_is_removed_and_gone_from_the_search(fars, dr_karimi):
    county = add_county(province=fars, details=FRESH, by=dr_karimi)
    assert "آبادشهر" in of_fars()

    remove_county(county=county, by=dr_karimi)

    assert "آبادشهر" not in of_fars()
    assert JournalEntry.objects.latest("pk").details == {"code": "0799", "removed": True}
