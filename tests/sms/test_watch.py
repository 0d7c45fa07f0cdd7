"""What is wrong with messages as a whole raises an alarm."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.sms.budget import count_spending
from nobat.sms.lanes import Lane
from nobat.sms.models import Alarm, Kind, OutgoingSms, State, Trouble
from nobat.sms.watch import FEWEST_LOOKED_AT, LATE_AFTER, delivered_share, watch_messages

HOUR = timedelta(hours=1)


def alarms():
    watch_messages()
    return set(Alarm.objects.filter(ended_at=None).values_list("trouble", flat=True))


def test_where_nothing_is_wrong_there_is_no_alarm(queue, db):
    queue()
    assert watch_messages() == 0
    assert alarms() == set()


@pytest.mark.parametrize(
    ("parts", "alarm"), [(80, Trouble.BUDGET_NEAR), (100, Trouble.BUDGET_SPENT)]
)
def test_the_budget_of_the_day_comes_to_its_end(db, settings, clock, parts, alarm):
    settings.SMS_PARTS_PER_DAY = 100
    count_spending([(Lane.CODES, parts, None)], timezone.now())
    assert alarms() == {alarm}
    clock.shift(timedelta(days=1))
    assert alarms() == set()


def test_a_code_that_waits_for_more_than_thirty_seconds_is_too_late(queue, clock):
    queue(Kind.CODE)
    clock.shift(LATE_AFTER[Lane.CODES])
    assert alarms() == set()
    clock.shift(timedelta(seconds=1))
    assert alarms() == {Trouble.QUEUE_LATE}
    OutgoingSms.objects.update(state=State.SENT, secret=None)
    assert alarms() == set()


def test_what_waits_for_its_hour_is_not_late(queue, clock):
    sms = queue()
    OutgoingSms.objects.filter(pk=sms.pk).update(next_try_at=timezone.now() + 3 * HOUR)
    clock.shift(2 * HOUR)
    assert alarms() == set()


@pytest.fixture
def an_hour_ago(queue, clock):
    """So many messages were taken an hour ago, and so many of them have arrived."""

    def an_hour_ago(taken, arrived):
        now = timezone.now()
        messages = [
            OutgoingSms(
                kind=Kind.BOOKED,
                lane=Lane.BOOKINGS,
                occasion=f"event {number}",
                to="+989120000001",
                state=State.DELIVERED if number < arrived else State.SENT,
                not_after=now + HOUR,
                next_try_at=now,
                queued_at=now,
                sent_at=now,
            )
            for number in range(taken)
        ]
        OutgoingSms.objects.bulk_create(messages)
        clock.shift(HOUR)

    return an_hour_ago


def test_fewer_arrive_than_should(an_hour_ago):
    an_hour_ago(FEWEST_LOOKED_AT, arrived=34)
    assert delivered_share(timezone.now()) == 0.68
    assert alarms() == {Trouble.DELIVERY_FELL}


def test_most_arrive(an_hour_ago):
    an_hour_ago(FEWEST_LOOKED_AT, arrived=35)
    assert alarms() == set()


def test_a_few_messages_say_nothing(an_hour_ago):
    an_hour_ago(FEWEST_LOOKED_AT - 1, arrived=0)
    assert delivered_share(timezone.now()) is None
    assert alarms() == set()
