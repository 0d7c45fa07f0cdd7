from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.shared.jalali import tehran_day
from nobat.sms.alarm import end_alarm, raise_alarm
from nobat.sms.lanes import LANE_OF, Lane
from nobat.sms.models import DaySpending, Gateway, Kind, OutgoingSms, State, Trouble
from tests.metrics import lines

pytestmark = pytest.mark.django_db


def message(kind: Kind, state: State = State.WAITING, **fields) -> None:
    now = timezone.now()
    values = {"not_after": now + timedelta(hours=1), "next_try_at": now, "queued_at": now, **fields}
    OutgoingSms.objects.create(
        kind=kind,
        lane=LANE_OF[kind],
        state=state,
        occasion=str(OutgoingSms.objects.count()),
        to="+989120000001",
        **values,
    )


def test_each_lane_says_how_many_wait_and_how_late_the_oldest_is(client):
    now = timezone.now()
    message(Kind.BOOKED, next_try_at=now - timedelta(seconds=90))
    message(Kind.BOOKED)
    message(Kind.REMINDER, next_try_at=now + timedelta(hours=9))

    assert {
        'nobat_sms_waiting{lane="bookings"} 2.0',
        'nobat_sms_oldest_waiting_seconds{lane="bookings"} 90.0',
        'nobat_sms_waiting{lane="reminders"} 1.0',
        'nobat_sms_oldest_waiting_seconds{lane="reminders"} 0.0',
        'nobat_sms_waiting{lane="codes"} 0.0',
    } <= lines(client)


def test_the_last_hour_is_counted_by_state(client):
    message(Kind.BOOKED, State.DELIVERED)
    message(Kind.BOOKED, State.DELIVERED)
    message(Kind.BOOKED, State.BLOCKED)
    message(Kind.BOOKED, State.BLOCKED, queued_at=timezone.now() - timedelta(hours=2))

    assert {
        'nobat_sms_last_hour{state="delivered"} 2.0',
        'nobat_sms_last_hour{state="blocked"} 1.0',
        'nobat_sms_last_hour{state="unknown"} 0.0',
    } <= lines(client)


def test_what_the_day_has_cost_stands_beside_what_it_may(client, settings):
    settings.SMS_PARTS_PER_DAY = 1000
    today = tehran_day(timezone.now())
    DaySpending.objects.create(day=today, lane=Lane.CODES, parts=12)
    DaySpending.objects.create(day=today - timedelta(days=1), lane=Lane.CODES, parts=99)

    assert {
        'nobat_sms_parts_today{lane="codes"} 12.0',
        'nobat_sms_parts_today{lane="notices"} 0.0',
        "nobat_sms_parts_per_day 1000.0",
    } <= lines(client)


def test_each_gateway_says_whether_it_takes_messages_and_what_is_left(client, settings):
    settings.SMS_GATEWAY = "tests.sms.gateway.KeepsAll, tests.sms.gateway.Second"
    rests_until = timezone.now() + timedelta(minutes=1)
    Gateway.objects.create(name="outside", rests_until=rests_until, credit=700)

    found = lines(client)
    assert {
        'nobat_sms_gateway_up{gateway="outside"} 0.0',
        'nobat_sms_gateway_up{gateway="second"} 1.0',
        'nobat_sms_gateway_credit_rials{gateway="outside"} 700.0',
    } <= found
    assert not any('credit_rials{gateway="second"}' in line for line in found)


def test_open_alarms_are_counted(client):
    raise_alarm(Trouble.DOWN, "outside")
    raise_alarm(Trouble.DOWN, "second")
    raise_alarm(Trouble.BUDGET_NEAR)
    end_alarm(Trouble.BUDGET_NEAR)

    found = lines(client)
    assert 'nobat_sms_alarms_open{trouble="down"} 2.0' in found
    assert not any("budget_near" in line for line in found)
