"""What holds for every gateway, whichever provider is behind it."""

import logging
import socket
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx
import pytest

from nobat.demo.providers.mood import Manner
from nobat.demo.providers.server import Server
from nobat.sms.gateways import (
    Blocked,
    Down,
    Never,
    NoCredit,
    Refused,
    SendFailed,
    TryAgain,
    Unknown,
)
from nobat.sms.states import State
from tests.sms.gateways.conftest import KEY, PASSWORD, a_message

NOBODY_KNOWS = [
    Manner.LOSES_ANSWERS,
    Manner.LATE,
    Manner.ERROR,
    Manner.REDIRECTS,
    Manner.HTML,
    Manner.HALF,
    Manner.NOT_AN_OBJECT,
    Manner.EMPTY_OBJECT,
    Manner.HUGE,
    Manner.DRIPS,
    Manner.DRIPS_HEAD,
]
WAS_TAKEN = [each for each in NOBODY_KNOWS if each not in {Manner.ERROR, Manner.REDIRECTS}]
TAKES_NOTHING = {
    Manner.NO_CREDIT: NoCredit,
    Manner.KEY_REFUSED: Refused,
    Manner.LOCKED: Refused,
    Manner.AWAY: Down,
    Manner.UNAVAILABLE: Down,
    Manner.BUSY: TryAgain,
}
NO_ANSWER_TO_A_QUESTION = [
    *(each for each in NOBODY_KNOWS if each not in {Manner.LOSES_ANSWERS, Manner.LATE}),
    Manner.AWAY,
    Manner.BUSY,
    Manner.LOCKED,
]
CODES = {
    "kavenegar": {
        Never: [411, 413, 414, 422],
        NoCredit: [418],
        Refused: [401, 403, 404, 405, 407, 412, 416, 426, 427, 430, 501],
        TryAgain: [400, 402, 406, 409, 417, 429, 451, 499],
        Unknown: [500, 502],
    },
    "magfa": {
        Never: [1, 3, 13, 28, 30, 35],
        Blocked: [27, 33],
        NoCredit: [14],
        Refused: [2, 8, 16, 17, 18, 19, 20, 22, 25, 29],
        TryAgain: [15, 23, 31, 34, 101, 999],
    },
}
EACH_CODE = [
    (name, code, failure)
    for name, failures in CODES.items()
    for failure, codes in failures.items()
    for code in codes
]
PERSIAN = "سلام\u200cها، «نوبت» ۱۲:۳۰\nکد رهگیری ۱۲\u00a0۳۴ & a=b+c%20 ✓ 😀"

HALF_A_REQUEST = b'{"messages": ["'


def refused(gateway, message=None) -> SendFailed:
    with pytest.raises(SendFailed) as refusal:
        gateway.send(message or a_message())
    return refusal.value


def test_a_message_is_taken_with_an_id_and_its_price(provider):
    accepted = provider.gateway.send(a_message())
    assert accepted.provider_id.isdecimal()
    assert accepted.cost == 1_350
    assert provider.gateway.send(a_message(8, "ب" * 71)).cost == 2 * 1_350
    assert accepted.knew_template is None


def test_a_persian_text_arrives_byte_for_byte(provider):
    provider.gateway.send(a_message(text=PERSIAN))
    [(number, text)] = provider.phones
    assert number.endswith("9120000001")
    assert text.encode() == PERSIAN.encode()


@pytest.mark.parametrize(("name", "code", "failure"), EACH_CODE)
def test_each_code_of_a_provider_means_what_the_table_says(make_provider, name, code, failure):
    provider = make_provider(name)
    provider.behaves(refuses_with=code)
    assert type(refused(provider.gateway)) is failure
    assert provider.phones == []


@pytest.mark.parametrize(("manner", "failure"), TAKES_NOTHING.items())
def test_who_takes_nothing_is_known_to_have_taken_nothing(provider, manner, failure):
    provider.behaves(manner)
    assert type(refused(provider.gateway)) is failure
    assert provider.phones == []


@pytest.mark.parametrize("manner", NOBODY_KNOWS)
def test_an_answer_that_says_nothing_leaves_it_unknown(provider, manner):
    provider.behaves(manner)
    began = time.monotonic()
    assert type(refused(provider.gateway)) is Unknown
    assert time.monotonic() - began < 0.9
    assert bool(provider.phones) == (manner in WAS_TAKEN)


@pytest.mark.parametrize("manner", [Manner.LOSES_ANSWERS, Manner.LATE, Manner.HALF, Manner.DRIPS])
def test_a_message_whose_answer_was_lost_is_found_by_our_own_id(provider, manner):
    provider.behaves(manner)
    refused(provider.gateway, a_message(41))
    provider.behaves()
    found = provider.gateway.find([41, 42])
    assert list(found) == [41]
    assert len(provider.phones) == 1
    provider.behaves(reported_after=0)
    assert provider.gateway.became([found[41].provider_id]) != {}


def test_a_connection_that_was_cut_while_it_rested_is_no_failure(provider):
    provider.gateway.send(a_message(1))
    provider.behaves(Manner.AWAY)
    assert type(refused(provider.gateway)) is Down
    provider.behaves()
    provider.gateway.send(a_message(2))
    assert len(provider.phones) == 2


@pytest.mark.parametrize("ask", ["find", "became", "credit", "collect"])
@pytest.mark.parametrize("manner", NO_ANSWER_TO_A_QUESTION)
def test_a_question_without_an_answer_is_only_a_question_to_ask_again(provider, ask, manner):
    provider.behaves(manner)
    question = getattr(provider.gateway, ask)
    of_whom = {"find": [[7]], "became": [["7"]]}.get(ask, [])
    if ask == "collect" and provider.gateway.name == "kavenegar":
        assert question() == []
        return
    with pytest.raises(TryAgain) as failure:
        question(*of_whom)
    assert not isinstance(failure.value, Unknown)


def test_what_became_of_messages_comes_in_any_order_and_any_number_of_times(provider):
    ids = [provider.gateway.send(a_message(own)).provider_id for own in (1, 2, 3)]
    provider.behaves(reported_after=60)
    assert provider.gateway.became(ids) == {}
    provider.behaves(reported_after=0, out_of_order=True, twice=True)
    assert provider.gateway.became([*ids, "1"]) == dict.fromkeys(ids, State.DELIVERED)


def test_an_answer_that_comes_twice_is_one_message(provider):
    provider.behaves(twice=True)
    accepted = provider.gateway.send(a_message(5))
    assert provider.gateway.find([5])[5].provider_id == accepted.provider_id
    assert len(provider.phones) == 1


def test_credit_is_what_the_messages_have_left(provider):
    before = provider.gateway.credit()
    provider.gateway.send(a_message())
    assert before - provider.gateway.credit() == 1_350
    provider.behaves(Manner.NO_CREDIT)
    assert provider.gateway.credit() == 0


def test_what_a_phone_sends_to_us_comes_once(make_provider):
    handed_over = []

    def take(asked):
        handed_over.append(asked.form)
        yield b"HTTP/1.1 200 -\r\nContent-Length: 0\r\n\r\n"

    ours = Server(0, take)
    ours.open()
    place = f"http://127.0.0.1:{ours.port}/"
    for name in ("kavenegar", "magfa"):
        provider = make_provider(name, messages_to=place)
        provider.behaves(twice=True)
        provider.stand_in.hear("+989120000001", "30001234", PERSIAN)
        wait_until(lambda: len(handed_over) == 2)
        heard = [*provider.gateway.collect(), *provider.gateway.collect()]
        if name == "kavenegar":
            heard = [each for form in handed_over for each in provider.gateway.incoming(form)]
        assert {each.text for each in heard} == {PERSIAN}
        assert len({each.provider_id for each in heard}) == 1
        assert heard[0].sender.endswith("989120000001")
    ours.close()


def wait_until(condition):
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_thirty_two_at_once_are_one_message_each(provider, monkeypatch):
    protocol = provider.stand_in.protocol
    is_hand_over, all_are_here = protocol.is_hand_over, Barrier(32)

    def when_all_are_here(asked):
        all_are_here.wait(5)
        return is_hand_over(asked)

    monkeypatch.setattr(protocol, "is_hand_over", when_all_are_here)
    messages = [a_message(own, f"پیام {own}") for own in range(1, 97)]
    with ThreadPoolExecutor(provider.gateway.at_once) as pool:
        accepted = list(pool.map(provider.gateway.send, messages))
    assert len({each.provider_id for each in accepted}) == 96
    assert sorted(text for _, text in provider.phones) == sorted(each.text for each in messages)


@pytest.mark.parametrize("manner", [*TAKES_NOTHING, *NOBODY_KNOWS, Manner.WORKS])
def test_no_key_number_or_text_is_in_a_failure_or_the_log(provider, manner, caplog):
    caplog.set_level(logging.DEBUG)
    provider.behaves(manner)
    message = a_message(71934, "متن نهان")
    failures = [
        failure_of(provider.gateway.send, message),
        failure_of(provider.gateway.find, [message.id]),
        failure_of(provider.gateway.credit),
    ]
    told = [record.getMessage() for record in caplog.records]
    for failure in filter(None, failures):
        told += [failure.reason, repr(failure), *traceback.format_exception(failure)]
        assert not isinstance(failure.__context__, httpx.HTTPError)
    told = "\n".join(told)
    for secret in (KEY, PASSWORD, "9120000001", "متن نهان", "127.0.0.1", "71934", "Basic"):
        assert secret not in told


def failure_of(act, *of_what) -> SendFailed | None:
    try:
        act(*of_what)
    except SendFailed as failure:
        return failure
    return None


def test_who_is_gone_in_the_middle_of_asking_has_handed_nothing_over(provider, capfd):
    port = int(provider.stand_in.url.rpartition(":")[2])
    head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {len(HALF_A_REQUEST) * 2}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(head.encode() + HALF_A_REQUEST)
        line.shutdown(socket.SHUT_WR)
        assert line.recv(1) == b""
    assert len(provider.stand_in.kept) == 0
    assert "Traceback" not in capfd.readouterr().err
