from datetime import timedelta

import pytest

from nobat.figures.figures import Part
from nobat.figures.messages import Messages, messages_by_kind, together
from nobat.figures.models import SmsDayTotal
from nobat.figures.month import Span
from nobat.offices.models import Province
from nobat.sms.models import Kind
from tests.build import TOMORROW

pytestmark = pytest.mark.django_db
SPAN = Span(TOMORROW, TOMORROW + timedelta(days=6), "")


@pytest.fixture(autouse=True)
def totals():
    for kind, province, day in (
        (Kind.BOOKED, "07", 0),
        (Kind.BOOKED, "07", 1),
        (Kind.BOOKED, "23", 0),
        (Kind.CODE, None, 0),
        (Kind.BOOKED, "07", 7),
    ):
        SmsDayTotal.objects.create(
            kind=kind,
            province_id=province,
            day=TOMORROW + timedelta(days=day),
            queued=10,
            accepted=6,
            given_up=2,
            expired=1,
            delivered=4,
            undelivered=1,
            parts=12,
            cost=3000,
        )


def of(rows: int) -> Messages:
    """As many of the totals above, together."""
    return together([Messages(10, 6, 4, 1, given_up=2, expired=1, parts=12, cost=3000)] * rows)


def test_sms_of_a_span_are_added_up_by_kind():
    assert messages_by_kind(Part(), SPAN) == {Kind.BOOKED: of(3), Kind.CODE: of(1)}


def test_a_province_has_those_about_its_appointments():
    fars = Part(Province.objects.get(pk="07"))
    assert messages_by_kind(fars, SPAN) == {Kind.BOOKED: of(2)}


def test_of_a_county_it_cannot_be_told(office):
    assert messages_by_kind(Part(office.county.province, office.county), SPAN) is None


def test_accepted_is_a_share_of_what_has_been_decided():
    sent = together([Messages(10, 6, given_up=1, expired=1, unknown=1), Messages(2)])

    assert (sent.waiting, sent.not_sent) == (3, 3)
    assert sent.accepted_share == 6 / 9
    assert Messages(queued=4).accepted_share is None


def test_delivered_is_a_share_of_all_that_was_accepted():
    assert of(1).delivered_share == 4 / 6
    assert of(1).unreported == 1


def test_before_anything_is_reported_there_is_no_share_of_it():
    assert Messages(10, 10).delivered_share is None
    assert Messages(10, 10, undelivered=1).delivered_share == 0
