from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.sms.gateways import Incoming
from nobat.sms.incoming import collect_sms, forget_texts_of_incoming_sms, receive_sms
from nobat.sms.models import IncomingSms
from tests.sms.gateway import unknown

pytestmark = pytest.mark.django_db


def message(provider_id="1", sender="09120000001", text="وضعیت", at=None):
    return Incoming(provider_id, sender, text, at)


def test_a_message_is_kept_with_its_sender_in_one_form():
    assert receive_sms("outside", [message(sender="۰۹۱۲ ۰۰۰ ۰۰۰۱")]) == 1
    sms = IncomingSms.objects.get()
    assert (sms.provider, sms.provider_id, sms.sender) == ("outside", "1", "+989120000001")
    assert (sms.text, sms.received_at, sms.answered_at) == ("وضعیت", timezone.now(), None)


def test_handed_over_again_it_is_the_same_one():
    receive_sms("outside", [message("1"), message("2")])
    assert receive_sms("outside", [message("2", text="چیز دیگر"), message("3")]) == 1
    assert IncomingSms.objects.get(provider_id="2").text == "وضعیت"


def test_one_id_at_two_providers_is_two_messages():
    assert receive_sms("outside", [message()]) + receive_sms("second", [message()]) == 2


def test_twice_in_one_list_it_is_kept_once():
    assert receive_sms("outside", [message(), message()]) == 1


@pytest.mark.parametrize("sender", ["20001", "BANK-MELLI", "+905321234567"])
def test_another_sender_stays_as_it_is(sender):
    receive_sms("outside", [message(sender=sender)])
    assert IncomingSms.objects.get().sender == sender


def test_what_no_database_keeps_is_left_out_and_what_is_long_is_cut():
    receive_sms("outside", [message("1\0", "0912\x000000001" + "9" * 30, "\0\ud800" + "ب" * 800)])
    sms = IncomingSms.objects.get()
    assert (sms.provider_id, len(sms.sender), sms.text) == ("1", 16, "ب" * 700)


def test_without_an_id_it_is_told_apart_by_sender_text_and_minute(clock):
    assert receive_sms("outside", [message(""), message(""), message("", text="لغو")]) == 2
    clock.shift(timedelta(seconds=20))
    assert receive_sms("outside", [message("")]) == 0
    clock.shift(timedelta(minutes=1))
    assert receive_sms("outside", [message("")]) == 1
    assert "0912" not in "".join(IncomingSms.objects.values_list("provider_id", flat=True))


def test_an_id_that_is_too_long_is_still_an_id():
    long = "x" * 200
    assert receive_sms("outside", [message(long), message(long), message(f"{long}y")]) == 2


@pytest.mark.parametrize("away", [timedelta(hours=3), timedelta(days=-20_000)])
def test_a_moment_that_cannot_be_is_now(away):
    receive_sms("outside", [message(at=timezone.now() + away)])
    assert IncomingSms.objects.get().received_at == timezone.now()


def test_the_moment_that_a_provider_tells_is_kept():
    earlier = timezone.now() - timedelta(hours=3)
    receive_sms("outside", [message(at=earlier)])
    assert IncomingSms.objects.get().received_at == earlier


def test_nothing_is_received_of_nothing():
    assert receive_sms("outside", []) == 0


def test_what_a_gateway_keeps_is_collected(outside, second):
    outside.kept, second.kept = [message()], [message()]
    assert (collect_sms(), collect_sms()) == (2, 0)


def test_a_gateway_that_does_not_answer_holds_up_no_other(outside, second, monkeypatch, caplog):
    def breaks(self):
        raise unknown()

    monkeypatch.setattr(outside, "collect", breaks)
    monkeypatch.setattr(second, "collect", lambda self: [message()])
    assert collect_sms() == 1
    assert "outside, asked for messages: ReadTimeout" in caplog.text


def test_a_line_that_cannot_receive_is_not_asked(outside, settings):
    settings.SMS_ANSWERS = False
    outside.kept = [message()]
    assert collect_sms() == 0
    assert outside.kept


def test_what_was_written_is_forgotten_after_a_month(clock):
    receive_sms("outside", [message()])
    clock.shift(timedelta(days=30))
    assert forget_texts_of_incoming_sms() == 0
    clock.shift(timedelta(seconds=1))
    assert [forget_texts_of_incoming_sms() for _ in range(2)] == [1, 0]
    assert IncomingSms.objects.get().text == ""
