from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.sms.budget import count_spending, is_nearly_spent, is_spent, rests_today, spent
from nobat.sms.lanes import Lane
from nobat.sms.models import DaySpending, Kind, OutgoingSms, State
from tests.at_once import at_once
from tests.sms.sending import send_due_sms

WHEN_AND_WHERE = {
    "starts_at": "2026-05-03T06:30:00+00:00",
    "office": "سروناز",
    "address": "شیراز",
    "reference": "4819273506",
}


def count(lane, parts, cost=None):
    count_spending([(lane, parts, cost)], timezone.now())


def test_what_went_is_counted_with_its_parts_and_cost(outside, queue):
    queue(Kind.CODE, "a code")
    queue(occasion="two parts")
    send_due_sms()
    row = DaySpending.objects.get()
    assert (row.lane, row.messages, row.parts, row.cost) == (Lane.CODES, 2, 3, 600)
    assert spent(timezone.now()) == 3


def test_each_day_in_tehran_begins_anew(db, clock):
    count(Lane.CODES, 10)
    clock.shift(timedelta(hours=15, minutes=59))  # 23:59
    assert spent(timezone.now()) == 10
    clock.shift(timedelta(minutes=1))
    assert spent(timezone.now()) == 0


def test_without_a_budget_it_is_never_spent(db, settings):
    settings.SMS_PARTS_PER_DAY = 0
    count(Lane.CODES, 10_000_000)
    assert not is_spent(timezone.now())
    assert not is_nearly_spent(timezone.now())


@pytest.mark.parametrize(
    ("parts", "nearly", "wholly"), [(79, False, False), (80, True, False), (100, True, True)]
)
def test_from_four_fifths_on_it_is_nearly_spent(db, settings, parts, nearly, wholly):
    settings.SMS_PARTS_PER_DAY = 100
    count(Lane.BOOKINGS, parts)
    now = timezone.now()
    assert (is_nearly_spent(now), is_spent(now)) == (nearly, wholly)


def test_once_it_is_spent_reminders_rest_and_all_else_goes(outside, queue, settings, clock):
    settings.SMS_PARTS_PER_DAY = 100
    count(Lane.CODES, 100)
    assert [lane for lane in Lane if rests_today(lane, timezone.now())] == [Lane.REMINDERS]
    reminder = queue(Kind.REMINDER, "a reminder", params=WHEN_AND_WHERE)
    booked = queue(Kind.BOOKED, "booked", params=WHEN_AND_WHERE)
    send_due_sms()
    states = dict(OutgoingSms.objects.values_list("pk", "state"))
    assert states == {reminder.pk: State.WAITING, booked.pk: State.SENT}
    clock.shift(timedelta(days=1))
    send_due_sms()
    reminder.refresh_from_db()
    assert reminder.state == State.EXPIRED  # it was for yesterday


@pytest.mark.django_db(transaction=True)
def test_workers_that_count_at_once_count_everything():
    at_once([lambda: [count(Lane.CODES, 2, 100) for _ in range(20)]] * 6)
    row = DaySpending.objects.get()
    assert (row.messages, row.parts, row.cost) == (120, 240, 12_000)
