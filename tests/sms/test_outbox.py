"""What is queued lies in the ledger: once, sealed, and for Iranian mobiles alone."""

import base64
import os
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from nobat.shared.sealed import CannotUnseal
from nobat.sms.lanes import LANE_OF
from nobat.sms.models import SECRET_WAITS, Kind, OutgoingSms, State
from nobat.sms.outbox import an_sms, queue_all, values_of


def message(**changes):
    values = {
        "kind": Kind.BOOKED,
        "to": "+989120000001",
        "about": "4819273506",
        "occasion": "booked:4819273506:0",
        "params": {},
        "not_after": timezone.now() + timedelta(days=3),
    }
    return an_sms(**{**values, **changes})


@pytest.mark.parametrize("kind", Kind)
def test_each_message_is_in_the_lane_of_its_kind(kind):
    assert message(kind=kind).lane == LANE_OF[kind]


def test_what_lets_people_sleep_waits_for_the_morning(settings, clock):
    settings.SMS_QUIET_HOURS = "22-7"
    clock.shift(timedelta(hours=15))  # 23:00
    morning = timezone.now() + timedelta(hours=8)
    assert message(kind=Kind.OFFICE_CLOSED).next_try_at == morning
    needed = morning + timedelta(hours=1)
    assert message(kind=Kind.OFFICE_CLOSED, needed_before=needed).next_try_at == timezone.now()


def test_many_are_queued_in_one_statement_and_each_event_once(db, django_assert_num_queries):
    messages = [message(occasion=f"event {number % 3}") for number in range(9)]
    with django_assert_num_queries(1):
        queue_all(messages)
    assert OutgoingSms.objects.count() == 3


@pytest.mark.parametrize("to", ["+14155550100", "+98912000000", "09120000001", ""])
def test_only_iranian_mobiles_are_sent_to(db, to):
    with pytest.raises(IntegrityError, match="sms_goes_to_iranian_mobiles_only"):
        queue_all([message(to=to)])


def test_a_secret_opens_in_its_own_row_alone(queue):
    code, other = queue(Kind.CODE, "one"), queue(Kind.CODE, "two")
    assert values_of(code)["code"] == "482139"
    other.secret = code.secret
    with pytest.raises(CannotUnseal):
        values_of(other)


def test_a_secret_names_its_key_and_opens_after_the_key_was_changed(queue, settings):
    sms = queue(Kind.CODE)
    new_key = "2:" + base64.b64encode(os.urandom(32)).decode()
    settings.DATA_KEYS = [new_key, *settings.DATA_KEYS]
    assert values_of(sms)["code"] == "482139"
    assert bytes(queue(Kind.CODE, "two").secret)[:2] == b"\x012"


def test_a_secret_never_waits_for_longer_than_thirty_minutes(queue):
    sms = queue(Kind.ACCOUNT_MADE, not_after=timezone.now() + timedelta(days=3))
    assert sms.not_after == sms.queued_at + SECRET_WAITS
    with pytest.raises(IntegrityError, match="for_thirty_minutes_at_most"):
        OutgoingSms.objects.update(not_after=sms.queued_at + SECRET_WAITS + timedelta(seconds=1))


@pytest.mark.parametrize("state", [state for state in State if state not in {"waiting", "sending"}])
def test_no_settled_row_keeps_a_secret(queue, state):
    queue(Kind.CODE)
    with pytest.raises(IntegrityError, match="sms_keeps_a_secret_only_while_waiting"):
        OutgoingSms.objects.update(state=state)
