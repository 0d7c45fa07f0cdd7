"""Nobody knows whether it went: the gateway is asked, and nothing is repeated blindly."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.sms import lost_answers
from nobat.sms.gateways import Down
from nobat.sms.lost_answers import ASK_AGAIN_AFTER, MOST_LOST_ANSWERS, settle_lost_answers
from nobat.sms.models import SECRET_WAITS, Gateway, Kind, OutgoingSms, State
from nobat.sms.note import ASK_AFTER_LOST_ANSWER
from tests.sms.gateway import TakenUnheard, unknown
from tests.sms.sending import send_due_sms


@pytest.fixture
def lost(outside, queue):
    """A message whose answer is lost in the way it is told; returns its row as it is now."""

    def lost(answer, **sms):
        row = queue(**sms)
        outside.answers = [answer]
        send_due_sms()
        return lambda: OutgoingSms.objects.get(pk=row.pk)

    return lost


def test_what_the_gateway_took_is_sent_and_not_sent_again(outside, lost, clock):
    sms = lost(TakenUnheard("lost"))
    assert sms().state == State.SENDING
    clock.shift(ASK_AFTER_LOST_ANSWER)
    assert settle_lost_answers() == 1
    assert (sms().state, sms().provider_id) == (State.SENT, "provider-1")
    clock.shift(timedelta(hours=1))
    assert send_due_sms() == 0
    assert len(outside.received) == 1


def test_what_the_gateway_does_not_know_goes_again(outside, lost, clock):
    sms = lost(unknown())
    clock.shift(ASK_AFTER_LOST_ANSWER)
    settle_lost_answers()
    assert send_due_sms() == 1
    assert (sms().state, sms().tries, sms().lost_answers) == (State.SENT, 2, 1)
    assert len(outside.received) == 1


def test_before_its_time_nobody_is_asked(outside, lost, clock):
    lost(unknown())
    clock.shift(ASK_AFTER_LOST_ANSWER - timedelta(seconds=1))
    assert settle_lost_answers() == 0


def test_each_time_the_gateway_has_longer_to_find_it(outside, lost, clock):
    sms = lost(unknown())
    clock.shift(ASK_AFTER_LOST_ANSWER)
    settle_lost_answers()
    outside.answers = [TakenUnheard("lost")]
    send_due_sms()
    clock.shift(5 * ASK_AFTER_LOST_ANSWER - timedelta(seconds=1))
    assert settle_lost_answers() == 0
    clock.shift(timedelta(seconds=1))
    settle_lost_answers()
    assert sms().state == State.SENT
    assert len(outside.received) == 1


def test_a_message_whose_answers_are_always_lost_is_not_sent_for_ever(outside, lost, clock):
    sms = lost(unknown())
    for _ in range(MOST_LOST_ANSWERS):
        clock.shift(timedelta(minutes=20))
        settle_lost_answers()
        outside.answers = [unknown()]
        send_due_sms()
        outside.answers = []
        Gateway.objects.all().delete()  # it would rest by now
    assert sms().state == State.SENDING
    clock.shift(timedelta(minutes=20))
    settle_lost_answers()
    assert sms().state == State.UNKNOWN
    assert settle_lost_answers() == send_due_sms() == 0


def test_a_gateway_that_does_not_answer_is_asked_again_later(outside, lost, clock):
    sms = lost(TakenUnheard("lost"))
    clock.shift(ASK_AFTER_LOST_ANSWER)
    outside.answers = [Down("ConnectError")]
    settle_lost_answers()
    assert sms().state == State.SENDING
    assert settle_lost_answers() == 0
    clock.shift(ASK_AGAIN_AFTER)
    settle_lost_answers()
    assert sms().state == State.SENT


def test_a_gateway_that_is_no_longer_in_use_is_not_asked(lost, clock, settings):
    sms = lost(TakenUnheard("lost"))
    settings.SMS_GATEWAY = "tests.sms.gateway.Second"
    clock.shift(ASK_AFTER_LOST_ANSWER)
    settle_lost_answers()
    assert sms().state == State.UNKNOWN


def test_whatever_nobody_knows_is_over_when_its_time_is(lost, clock):
    sms = lost(unknown(), not_after=timezone.now() + timedelta(seconds=10))
    clock.shift(timedelta(seconds=10))
    settle_lost_answers()
    assert (sms().state, sms().ask_at) == (State.UNKNOWN, None)


def test_a_password_whose_answer_is_lost_is_wiped_after_thirty_minutes(outside, lost, clock):
    sms = lost(TakenUnheard("lost"), kind=Kind.ACCOUNT_MADE)
    outside.answers = [Down("ConnectError") for _ in range(99)]
    clock.shift(SECRET_WAITS - timedelta(seconds=1))
    settle_lost_answers()
    assert sms().secret is not None
    clock.shift(timedelta(seconds=1))
    settle_lost_answers()
    assert sms().secret is None


def test_a_late_answer_still_counts(outside, queue, clock):
    """The worker was slow, its lease was over, the gateway had been asked in vain."""
    sms = queue()

    def everybody_else_goes_on():
        outside.meanwhile = None
        clock.shift(timedelta(minutes=2))
        settle_lost_answers()

    outside.meanwhile = everybody_else_goes_on
    assert send_due_sms() == 1
    sms.refresh_from_db()
    assert sms.state == State.SENT
    assert send_due_sms() == 0


@pytest.mark.usefixtures("plans_that_loop")
def test_no_more_are_asked_after_than_a_gateway_answers_at_once(outside, lost, clock, monkeypatch):
    monkeypatch.setattr(lost_answers, "AT_ONCE", 2)
    for number in range(3):
        lost(TakenUnheard("lost"), occasion=f"event {number}")
    clock.shift(ASK_AFTER_LOST_ANSWER)
    assert settle_lost_answers() == 2
    assert settle_lost_answers() == 1
