from datetime import time

import pytest

from nobat.offices.models import AssociationRole, County
from nobat.web.association.closure_form import WhenForm, WhereForm, counties_by_choice
from tests.build import TOMORROW

pytestmark = pytest.mark.django_db
WHEN = {
    "first_day": "2026-05-03",
    "last_day": "2026-05-03",
    "extent": "day",
    "stays": "0",
    "reason": "آلودگي  هوا",
}


@pytest.fixture
def member(dr_karimi):
    return dr_karimi.association_member


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"extent": "provinces", "provinces": ["07"]}, []),
        ({"extent": "nation"}, []),
        ({"extent": "offices", "offices": "۱۰۲۱،"}, []),
        ({}, ["extent"]),
        ({"extent": "provinces"}, ["provinces"]),
        ({"extent": "offices"}, ["offices"]),
        ({"extent": "offices", "offices": "1021 9999"}, ["offices"]),
    ],
)
def test_where(member, office, typed, wrong):
    assert list(WhereForm(typed, member=member).errors) == wrong


def test_an_officer_of_a_province_is_asked_for_no_other(member, office):
    member.role, member.province_id = AssociationRole.PROVINCE, "23"

    assert WhereForm({"extent": "nation"}, member=member).errors
    assert WhereForm({"extent": "provinces", "provinces": ["07"]}, member=member).errors
    assert WhereForm({"extent": "offices", "offices": "1021"}, member=member).errors


def when(member, **typed) -> WhenForm:
    return WhenForm(WHEN | typed, member=member, today=TOMORROW)


def test_when_gives_what_an_order_needs(member):
    form = when(member, extent="hours", from_hour="۱۲", stays="50")

    assert form.is_valid(), form.errors
    asked = form.asked()
    assert (asked["from_hour"], asked["until_hour"]) == (time(12), time(23, 59))
    assert (asked["stays"], asked["reason"], asked["first_day"]) == (50, "آلودگی هوا", TOMORROW)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"last_day": "2026-05-02"}, "last_day"),
        ({"first_day": "2026-05-05"}, "last_day"),
        ({"from_hour": "12"}, "extent"),
        ({"extent": "hours"}, "from_hour"),
        ({"extent": "hours", "from_hour": "12", "until_hour": "10"}, "until_hour"),
        ({"reason": " "}, "reason"),
        ({"but_offices": "777"}, "but_offices"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(member, typed, wrong):
    assert list(when(member, **typed).errors) == [wrong]


def test_few_unchosen_counties_are_exceptions_and_few_chosen_ones_a_list(member):
    from_fars = counties_by_choice(member, ["07"], {"0707"})
    assert from_fars == {"provinces": [], "counties": ["0707"], "but_counties": []}

    of_fars = County.objects.filter(province="07").values_list("code", flat=True)
    assert counties_by_choice(member, ["07"], set(of_fars) - {"0712"}) == {
        "provinces": ["07"],
        "counties": [],
        "but_counties": ["0712"],
    }
