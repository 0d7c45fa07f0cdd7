from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.sms.models import Gateway, OutgoingSms, State, Trouble
from nobat.web.association.sending_now import sending_now
from tests.build import book

pytestmark = pytest.mark.django_db


def test_a_gateway_that_rests_says_why(settings):
    settings.SMS_GATEWAY = "tests.sms.gateway.KeepsAll, tests.sms.gateway.Second"
    Gateway.objects.create(
        name="outside", rests_until=timezone.now(), reason=Trouble.NO_CREDIT, credit=0
    )
    first, second = sending_now(timezone.now())["gateways"]

    assert (first.name, first.why) == ("outside", "اعتبار درگاه تمام شده است")
    assert (second.name, second.why, second.row.credit) == ("second", "", None)


@pytest.mark.parametrize(
    ("due_ago", "minutes"), [(timedelta(minutes=7), 7), (timedelta(0), 0), (-timedelta(1), None)]
)
def test_a_lane_says_how_late_its_oldest_is(sara, slot, petition, due_ago, minutes):
    book(sara, slot, petition)
    now = timezone.now()
    OutgoingSms.objects.update(next_try_at=now - due_ago)

    bookings = sending_now(now)["lanes"][1]
    assert (bookings["waiting"], bookings["minutes_late"]) == (1, minutes)


def test_the_last_day_is_what_was_queued_in_twenty_four_hours(sara, slot, petition, clock):
    book(sara, slot, petition)
    OutgoingSms.objects.update(state=State.BLOCKED, sent_at=timezone.now())

    def counts() -> list[int]:
        return [count.number for count in sending_now(timezone.now())["last_day"]]

    assert counts() == [1, 1, 0, 0, 1, 0]
    clock.shift(timedelta(hours=25))
    assert counts() == [0] * 6
