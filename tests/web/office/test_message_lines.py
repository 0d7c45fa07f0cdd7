from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments.models import Appointment, Status
from nobat.sms.models import NOT_REACHED, IncomingSms, OutgoingSms, State, Understood
from nobat.web.office.message_lines import REFUSED, message_lines
from tests.build import book

pytestmark = pytest.mark.django_db


@pytest.fixture
def turn(sara, slot, petition) -> Appointment:
    return book(sara, slot, petition)


def lines_of(turn):
    return message_lines(turn, timezone.now())


@pytest.mark.parametrize("state", State)
def test_the_office_hears_when_the_newest_message_did_not_arrive(turn, state):
    OutgoingSms.objects.update(state=state)
    assert lines_of(turn)["messages_lost"] is (state in NOT_REACHED)


@pytest.mark.parametrize(
    ("status", "is_told"),
    [(Status.DISPLACED, True), (Status.CANCELLED_BY_CITIZEN, False), (Status.CHECKED_IN, False)],
)
def test_but_not_when_nobody_counts_on_it_any_more(turn, status, is_told):
    OutgoingSms.objects.update(state=State.UNDELIVERED)
    turn.status = status
    assert lines_of(turn)["messages_lost"] is is_told


@pytest.mark.parametrize(
    ("result", "said"),
    [
        ("cancelled", "نوبت حذف شد"),
        ("TooLate", REFUSED),
        ("TooOften", "پاسخی فرستاده نشد؛ این شماره در ساعت گذشته بارها پیامک داده بود"),
        ("", ""),
    ],
)
def test_what_a_citizen_wrote_stands_there_with_what_came_of_it(turn, result, said):
    IncomingSms.objects.create(
        provider="outside",
        provider_id="1",
        sender="+989120000001",
        received_at=timezone.now() + timedelta(minutes=1),
        understood=Understood.CANCEL,
        about=turn.reference,
        result=result,
    )
    newest = lines_of(turn)["message_lines"][0]
    assert (newest.incoming.understood, newest.came_of) == (Understood.CANCEL, said)


def test_what_has_been_forgotten_is_no_mistake(turn):
    OutgoingSms.objects.all().delete()
    assert lines_of(turn)["message_lines"] == []
    assert not lines_of(turn)["messages_lost"]
