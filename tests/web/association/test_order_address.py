from datetime import time

import pytest
from django.http import Http404
from django.test import RequestFactory

from nobat.offices.models import AssociationRole
from nobat.web.association.order_address import asked_order, preview_address
from tests.build import TOMORROW

pytestmark = pytest.mark.django_db
ASKED = {"first_day": TOMORROW, "last_day": TOMORROW, "reason": "آلودگی هوا"}


@pytest.fixture
def read(dr_karimi):
    def read_back(address):
        request = RequestFactory().get(address)
        request.user, request.member = dr_karimi, dr_karimi.association_member
        return asked_order(request)

    return read_back


def test_an_order_is_read_back_from_its_address(read):
    asked = ASKED | {
        "provinces": ["23"],
        "but_counties": ["2302", "2303"],
        "offices": ["1021"],
        "spares_exempt": True,
        "from_hour": time(12),
        "until_hour": time(23, 59),
        "stays": 25,
        "letter": "۲۱۴/الف",
    }
    order = read(preview_address(asked))

    assert {name: getattr(order, name) for name in asked} == asked
    assert not order.is_nationwide


@pytest.mark.parametrize(
    "query",
    [
        "",
        "first_day=2026-05-03",
        "first_day=2026-05-03&last_day=x",
        "first_day=2026-05-03&last_day=2026-05-03&stays=100",
        "first_day=2026-05-03&last_day=2026-05-03&from_hour=99:00",
        "first_day=2026-05-03&last_day=2026-05-03&provinces=%27",
    ],
)
def test_nonsense_is_not_found(read, query):
    with pytest.raises(Http404):
        read(f"/association/closures/preview/?{query}")


@pytest.mark.parametrize(
    ("places", "is_theirs"),
    [
        ({"provinces": ["07"]}, True),
        ({"counties": ["0707"]}, True),
        ({"offices": ["1021"]}, True),
        ({"provinces": ["07", "23"]}, False),
        ({"counties": ["2301"]}, False),
        ({"is_nationwide": True}, False),
    ],
)
def test_an_officer_of_a_province_names_nothing_outside_of_it(
    read, dr_karimi, office, places, is_theirs
):
    member = dr_karimi.association_member
    member.role, member.province_id = AssociationRole.PROVINCE, "07"
    address = preview_address(ASKED | places)

    if is_theirs:
        assert read(address)
    else:
        with pytest.raises(Http404):
            read(address)
