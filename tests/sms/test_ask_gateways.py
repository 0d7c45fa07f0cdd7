from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.sms.ask_gateways import CREDIT_ASKED_EVERY, ask_gateways
from nobat.sms.choose import FIRST_REST, LONGEST_REST, rest
from nobat.sms.gateways import Down, NoCredit, Refused
from nobat.sms.models import Alarm, Gateway, Trouble


@pytest.fixture
def row(outside):
    """How the gateway is found to be."""

    def row():
        return Gateway.objects.get(name="outside")

    return row


def test_credit_is_asked_for_every_ten_minutes(outside, row, clock):
    outside.rials = 80_000_000
    assert ask_gateways() == 1
    assert row().credit == 80_000_000
    outside.rials = 70_000_000
    clock.shift(CREDIT_ASKED_EVERY - timedelta(seconds=1))
    assert ask_gateways() == 0
    clock.shift(timedelta(seconds=1))
    assert ask_gateways() == 1
    assert row().credit == 70_000_000


def test_little_credit_raises_an_alarm_until_it_is_paid_in(outside, settings, clock, caplog):
    settings.SMS_LOW_CREDIT = 1000
    outside.rials = 999
    ask_gateways()
    alarm = Alarm.objects.get()
    assert (alarm.trouble, alarm.about, alarm.ended_at) == (Trouble.LOW_CREDIT, "outside", None)
    assert "low_credit outside" in caplog.text
    outside.rials = 1000
    clock.shift(CREDIT_ASKED_EVERY)
    ask_gateways()
    alarm.refresh_from_db()
    assert alarm.ended_at == timezone.now()


def test_a_gateway_that_does_not_say_its_credit_raises_none(outside, row):
    ask_gateways()
    assert row().credit is None
    assert not Alarm.objects.exists()


def test_a_failed_question_is_asked_again_in_ten_minutes_and_changes_nothing(outside, row):
    outside.answers = [Down("ConnectError")]
    ask_gateways()
    assert row().rests_until is None
    assert ask_gateways() == 0


@pytest.mark.parametrize("answer", [Down("503"), Refused("403"), NoCredit("418")], ids=str)
def test_one_that_still_does_not_answer_rests_on_longer_each_time(outside, row, clock, answer):
    rest("outside", Trouble.DOWN)
    lengths = []
    for _ in range(6):
        outside.answers = [answer]
        clock.move_to(row().rests_until)
        ask_gateways()
        lengths.append(row().rests_until - timezone.now())
    assert lengths[0] == 2 * FIRST_REST
    assert lengths == sorted(lengths)
    assert lengths[-1] == LONGEST_REST


def test_one_whose_credit_ends_rests_before_a_message_finds_out(outside, row, clock):
    outside.rials = 0
    ask_gateways()
    assert row().rests_until == timezone.now() + FIRST_REST
    (alarm,) = Alarm.objects.all()
    assert alarm.trouble == Trouble.NO_CREDIT
    outside.rials = 90_000_000
    clock.shift(FIRST_REST)
    ask_gateways()
    assert row().rests_until is None
    alarm.refresh_from_db()
    assert alarm.ended_at is not None


def test_one_without_credit_rests_on(outside, row, clock):
    rest("outside", Trouble.NO_CREDIT)
    outside.rials = 0
    clock.shift(FIRST_REST)
    ask_gateways()
    assert row().rests_until > timezone.now()
