from datetime import date, timedelta

import pytest
from django.http import Http404, QueryDict

from nobat.figures.figures import Part
from nobat.figures.month import Month
from nobat.offices.models import AssociationRole
from nobat.web.association.asked_figures import asked_figures, months_to_choose, ways_up
from tests.build import TOMORROW, make_county, make_office
from tests.figures.totals import total

pytestmark = pytest.mark.django_db
TODAY = TOMORROW - timedelta(days=1)  # 12 Ordibehesht 1405


@pytest.fixture
def member(dr_karimi):
    return dr_karimi.association_member


@pytest.fixture
def officer(member):
    """Of Fars."""
    member.role, member.province_id = AssociationRole.PROVINCE, "07"
    member.save()
    return member


def asked(member, query: str = ""):
    return asked_figures(QueryDict(query), member, TODAY)


def test_without_a_word_it_is_the_whole_country_in_the_running_month(member):
    found = asked(member)

    assert (found.part, found.month) == (Part(), Month(1405, 2))
    assert (found.place, found.is_running, found.is_ahead) == ("همهٔ کشور", True, False)


def test_the_smallest_part_that_is_named_counts(member, office):
    county, province = office.county, office.county.province

    assert asked(member, "province=07").part == Part(province)
    assert asked(member, f"county={county.code}").part == Part(province, county)
    assert asked(member, f"province=07&county={county.code}").part == Part(province, county)
    assert asked(member, "office=1021").part == Part(province, county, office)


def test_a_county_left_from_another_province_does_not_count(member, office):
    part = asked(member, f"province=23&county={office.county.code}").part
    assert (part.province.pk, part.county) == ("23", None)


@pytest.mark.parametrize(
    "query", ["province=99", "county=9999", "office=9", "month=1405", "month=1405-13"]
)
def test_what_there_is_not_is_not_found(member, query):
    with pytest.raises(Http404):
        asked(member, query)


def test_an_officer_of_a_province_sees_the_own_one(officer, office):
    assert asked(officer).place == "استان فارس"
    assert asked(officer, "office=1021").part.office == office


@pytest.mark.parametrize("query", ["province=23", "county=2301", "office=1023"])
def test_what_is_of_another_province_is_not_found(officer, query):
    make_office("1023", county=make_county("2301"))
    with pytest.raises(Http404):
        asked(officer, query)


def test_a_running_month_is_compared_with_the_same_days_of_the_month_before(member):
    found = asked(member)

    assert (found.span.first, found.span.last) == (date(2026, 4, 21), TODAY)
    assert (found.before.first, found.before.last) == (date(2026, 3, 21), date(2026, 4, 1))


def test_a_month_that_is_over_is_compared_with_all_of_the_month_before(member):
    found = asked(member, "month=1405-01")

    assert found.span.last == date(2026, 4, 20)
    assert (found.before.first, found.before.last) == (date(2026, 2, 20), date(2026, 3, 20))


def test_a_month_ahead_is_shown_whole(member):
    found = asked(member, "month=1405-03")

    assert found.is_ahead
    assert (found.span.first, found.span.last) == (date(2026, 5, 22), date(2026, 6, 21))


def test_all_months_that_were_counted_can_be_chosen(member, office):
    assert [month.key for month in months_to_choose(asked(member))] == ["1405-02"]
    total(office, TODAY - timedelta(days=60))
    total(office, TODAY + timedelta(days=30))

    months = [month.key for month in months_to_choose(asked(member))]
    assert months == ["1405-03", "1405-02", "1405-01", "1404-12"]


def test_from_an_office_the_way_leads_up(member, office):
    found = asked(member, "office=1021&month=1405-01")

    assert [way.name for way in ways_up(found, member)] == ["همهٔ کشور", "فارس", "شیراز"]
    assert [way.address.partition("?")[2] for way in ways_up(found, member)] == [
        "month=1405-01",
        "province=07&month=1405-01",
        f"county={office.county.code}&month=1405-01",
    ]


def test_an_officer_is_not_led_out_of_the_province(officer, office):
    assert [way.name for way in ways_up(asked(officer, "office=1021"), officer)] == [
        "فارس",
        "شیراز",
    ]
    assert ways_up(asked(officer), officer) == []
