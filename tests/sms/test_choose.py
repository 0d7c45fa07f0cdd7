"""A gateway that takes nothing rests, another one takes over, and hands back."""

from datetime import timedelta
from threading import Barrier

import pytest
from django.utils import timezone

from nobat.sms.ask_gateways import ask_gateways
from nobat.sms.choose import (
    FAILURES_BEFORE_REST,
    FIRST_REST,
    choose_gateway,
    note_failing,
    note_well,
    rest,
)
from nobat.sms.gateways import Down, NoCredit, Refused
from nobat.sms.lanes import Lane
from nobat.sms.models import Alarm, Gateway, Kind, OutgoingSms, State, Trouble
from nobat.sms.send import send_lane
from tests.sms.gateway import never, try_again, unknown
from tests.sms.sending import send_due_sms

NEVER_BEFORE = FAILURES_BEFORE_REST - 1


def in_use():
    gateway = choose_gateway()
    return gateway and gateway.name


def open_alarms():
    return set(Alarm.objects.filter(ended_at=None).values_list("trouble", "about"))


def queue_some(queue, number, kind=Kind.NO_ACCOUNT):
    for each in range(number):
        queue(kind, f"event {each}", to=f"+98912000{each:04}")


@pytest.mark.parametrize(
    ("failure", "trouble"),
    [(NoCredit("418"), Trouble.NO_CREDIT), (Refused("403"), Trouble.REFUSED)],
    ids=["no credit", "key refused"],
)
def test_a_gateway_that_takes_nothing_rests_at_once_and_the_second_takes_over(
    outside, second, queue, failure, trouble
):
    sms = queue(Kind.CODE)
    outside.answers = [failure]
    assert send_due_sms() == 1
    assert (outside.received, len(second.received)) == ([], 1)
    sms.refresh_from_db()
    assert (sms.state, sms.provider, sms.tries) == (State.SENT, "second", 2)
    assert in_use() == "second"
    assert open_alarms() == {(trouble, "outside")}


def test_a_gateway_that_is_down_rests_after_five_failures_in_a_row(outside, second, queue, clock):
    queue_some(queue, FAILURES_BEFORE_REST)
    clock.shift(timedelta(seconds=1))  # so that what is tried again stands behind the others
    outside.answers = [Down("ConnectError") for _ in range(99)]
    assert send_due_sms() == FAILURES_BEFORE_REST
    assert len(second.received) == FAILURES_BEFORE_REST
    assert open_alarms() == {(Trouble.DOWN, "outside")}


@pytest.mark.django_db(transaction=True)
def test_a_gateway_that_takes_every_other_message_at_once_is_at_work(
    outside, second, queue, monkeypatch
):
    monkeypatch.setattr("nobat.sms.send.GATHERED_FOR", 10)  # all of them, however busy we are
    together = Barrier(16)
    outside.at_once = 32  # half of them may be codes
    outside.meanwhile = lambda: together.wait(timeout=10)
    outside.answers = [unknown() if each % 2 else None for each in range(16)]
    queue_some(queue, 16)
    assert send_lane(Lane.CODES) == 8
    assert in_use() == "outside"


def test_an_answer_that_comes_while_it_rests_changes_nothing(outside, second):
    note_failing("outside", Down("503"))
    rest("outside", Trouble.NO_CREDIT)
    note_well("outside")
    assert in_use() == "second"
    row = Gateway.objects.get(name="outside")
    assert (row.failures, row.rests) == (1, 1)
    assert open_alarms() == {(Trouble.NO_CREDIT, "outside")}


def test_a_lone_code_finds_the_second_gateway_in_five_seconds(outside, second, queue, clock):
    queue(Kind.CODE)
    outside.answers = [Down("ConnectError") for _ in range(99)]
    for _ in range(6):
        send_due_sms()
        clock.shift(timedelta(seconds=1))
    assert len(second.received) == 1


def test_one_success_forgets_the_failures_before_it(outside, second, queue, clock):
    outside.answers = [Down("503")] * NEVER_BEFORE + [None] + [Down("503")] * NEVER_BEFORE
    for number in range(len(outside.answers)):
        queue(occasion=f"event {number}")
    send_due_sms()
    clock.shift(timedelta(seconds=30))
    send_due_sms()
    assert in_use() == "outside"


def test_failures_between_answers_that_come_are_not_in_a_row(outside, second):
    for _ in range(NEVER_BEFORE):
        note_failing("outside", Down("503"))
    note_well("outside")
    note_failing("outside", Down("503"))
    assert in_use() == "outside"


@pytest.mark.parametrize("answer", [try_again, never], ids=["try again", "never"])
def test_a_message_that_is_refused_says_nothing_about_the_gateway(outside, second, queue, answer):
    queue_some(queue, 20)
    outside.answers = [answer() for _ in range(20)]
    send_due_sms()
    assert in_use() == "outside"
    assert second.received == []


def test_answers_that_are_lost_send_a_gateway_to_rest_too(outside, second, queue):
    queue_some(queue, FAILURES_BEFORE_REST + 1)
    outside.answers = [unknown() for _ in range(99)]
    assert send_due_sms() == 1
    assert in_use() == "second"


def test_it_gets_messages_again_when_its_rest_is_over_and_it_answers(outside, second, queue, clock):
    queue_some(queue, 1)
    outside.answers = [NoCredit("418")]
    send_due_sms()
    clock.shift(FIRST_REST - timedelta(seconds=1))
    ask_gateways()
    assert in_use() == "second"
    clock.shift(timedelta(seconds=1))
    outside.rials = 900_000_000
    ask_gateways()
    assert in_use() == "outside"
    assert open_alarms() == set()


def test_after_its_rest_the_first_failure_sends_it_back_and_for_longer(
    outside, second, queue, clock
):
    queue_some(queue, 1)
    outside.answers = [Refused("403")]
    send_due_sms()
    clock.shift(FIRST_REST)
    ask_gateways()
    queue(occasion="next")
    outside.answers = [Down("503")]
    send_due_sms()
    rests_until = Gateway.objects.get(name="outside").rests_until
    assert rests_until == timezone.now() + 2 * FIRST_REST


def test_when_all_rest_messages_wait_and_none_is_lost(outside, queue, clock):
    queue_some(queue, 1)
    outside.answers = [NoCredit("418")]
    assert send_due_sms() == 0
    assert in_use() is None
    clock.shift(FIRST_REST)
    ask_gateways()
    assert send_due_sms() == 1
    assert OutgoingSms.objects.get().state == State.SENT


def test_a_message_is_never_given_up_for_a_gateway_that_takes_nothing(outside, queue, clock):
    sms = queue(not_after=timezone.now() + timedelta(days=3))
    for _ in range(40):
        outside.answers = [NoCredit("418")]
        send_due_sms()
        outside.answers = []
        clock.shift(timedelta(minutes=5))
        ask_gateways()
    assert send_due_sms() == 1
    sms.refresh_from_db()
    assert sms.state == State.SENT
