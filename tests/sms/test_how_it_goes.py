from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.shared.jalali import tehran_day
from nobat.sms.alarm import end_alarm, raise_alarm
from nobat.sms.how_it_goes import gateways_now, lanes_now, open_alarms, sent_since
from nobat.sms.lanes import Lane
from nobat.sms.models import DaySpending, Gateway, Kind, OutgoingSms, State, Trouble

pytestmark = pytest.mark.django_db


def test_lanes_come_with_what_waits_in_them_and_since_when(queue):
    now = timezone.now()
    queue(occasion="1")
    queue(occasion="2")
    queue(occasion="3", kind=Kind.REMINDER)
    OutgoingSms.objects.filter(kind=Kind.REMINDER).update(next_try_at=now + timedelta(hours=9))
    DaySpending.objects.create(day=tehran_day(now), lane=Lane.NOTICES, parts=7)

    assert [each[1:] for each in lanes_now(now)] == [
        (2, now, 0),
        (0, None, 0),
        (0, None, 7),
        (1, None, 0),
    ]


def test_gateways_are_those_in_use_known_or_not(second):
    Gateway.objects.create(name="second", credit=5)
    Gateway.objects.create(name="of last year")

    assert [(each.name, each.credit) for each in gateways_now()] == [
        ("outside", None),
        ("second", 5),
    ]


def test_alarms_that_are_over_are_no_more_shown(db):
    raise_alarm(Trouble.DOWN, "outside")
    raise_alarm(Trouble.NO_CREDIT, "outside")
    end_alarm(Trouble.DOWN, "outside")

    assert [each.trouble for each in open_alarms()] == [Trouble.NO_CREDIT]


def test_messages_since_a_moment_by_what_became_of_them(queue, clock):
    queue(occasion="before")
    since = timezone.now()
    clock.shift(timedelta(minutes=1))
    for state in (State.DELIVERED, State.DELIVERED, State.BLOCKED, State.WAITING):
        sms = queue(occasion=f"{OutgoingSms.objects.count()}")
        OutgoingSms.objects.filter(pk=sms.pk).update(state=state)
    OutgoingSms.objects.filter(state=State.DELIVERED).update(sent_at=timezone.now())

    found = sent_since(since)
    assert (found.all, found.accepted) == (4, 2)
    assert found.by_state == {"delivered": 2, "blocked": 1, "waiting": 1}
