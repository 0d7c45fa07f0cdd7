from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.sms.delivery import note_reports
from nobat.sms.models import OutgoingSms, State
from nobat.sms.unreached import is_unreached, unreached
from tests.build import book, make_slot

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=5)


@pytest.fixture
def turn(sara, slot, petition):
    return book(sara, slot, petition)


@pytest.fixture
def two_messages(turn, sara, office, petition, clock) -> list[OutgoingSms]:
    """To Sara, one after the other, both taken by a provider."""
    clock.shift(LATER)
    book(sara, make_slot(office, "11:00"), petition)
    for sms in OutgoingSms.objects.all():
        taken = {"state": State.SENT, "sent_at": timezone.now(), "provider": "outside"}
        OutgoingSms.objects.filter(pk=sms.pk).update(provider_id=f"id-{sms.pk}", **taken)
    return list(OutgoingSms.objects.order_by("pk"))


def report(sms: OutgoingSms, state: State) -> None:
    note_reports("outside", {sms.provider_id: state})


@pytest.mark.parametrize(
    ("state", "is_so"),
    [
        (State.GIVEN_UP, True),
        (State.UNDELIVERED, True),
        (State.BLOCKED, True),
        (State.SENT, False),
        (State.DELIVERED, False),
        (State.UNKNOWN, False),
        (State.EXPIRED, False),
    ],
)
def test_a_mobile_is_unreached_for_thirty_days_after_a_message_did_not_arrive(
    sara, turn, clock, state, is_so
):
    OutgoingSms.objects.update(state=state)

    assert is_unreached(sara.mobile, timezone.now()) is is_so
    clock.shift(timedelta(days=31))
    assert not is_unreached(sara.mobile, timezone.now())


def test_only_that_mobile_is_unreached(sara, reza, turn):
    OutgoingSms.objects.update(state=State.UNDELIVERED)
    assert unreached([sara.mobile, reza.mobile], timezone.now()) == {sara.mobile}


def test_a_later_message_that_arrives_makes_it_reached(sara, two_messages):
    first, second = two_messages
    report(first, State.UNDELIVERED)
    assert is_unreached(sara.mobile, timezone.now())
    report(second, State.DELIVERED)
    assert not is_unreached(sara.mobile, timezone.now())


def test_an_earlier_message_that_arrives_late_says_nothing(sara, two_messages):
    first, second = two_messages
    report(second, State.BLOCKED)
    report(first, State.DELIVERED)
    assert is_unreached(sara.mobile, timezone.now())


def test_what_arrives_at_somebody_elses_says_nothing(sara, reza, two_messages):
    first, second = two_messages
    OutgoingSms.objects.filter(pk=second.pk).update(to=reza.mobile)
    report(first, State.UNDELIVERED)
    report(second, State.DELIVERED)
    assert is_unreached(sara.mobile, timezone.now())
