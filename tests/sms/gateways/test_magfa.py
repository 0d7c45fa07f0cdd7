from datetime import datetime

import pytest

from nobat.demo.providers.server import Server
from nobat.shared.jalali import TEHRAN
from nobat.sms.gateways import Down, Refused, TryAgain, Unknown
from nobat.sms.states import State
from tests.sms.gateways.conftest import a_message


@pytest.fixture
def says(magfa, settings):
    """Magfa answers with exactly this."""
    servers = []

    def says(body: str, status=200):
        def answer(asked):
            yield f"HTTP/1.1 {status} -\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()

        servers.append(Server(0, answer))
        servers[-1].open()
        settings.MAGFA = settings.MAGFA._replace(url=f"http://127.0.0.1:{servers[-1].port}")
        return magfa.gateway

    yield says
    for server in servers:
        server.close()


def test_the_number_goes_as_it_is_written_everywhere(magfa):
    magfa.gateway.send(a_message())
    assert magfa.phones == [("+989120000001", a_message().text)]


@pytest.mark.parametrize(
    "messages",
    [
        "[]",
        "null",
        "[7]",
        '[{"status": 0}]',
        '[{"status": 0, "id": 0}]',
        '[{"id": 9}]',
        '[{"status": 0, "id": 9, "userId": 8}]',
    ],
)
def test_an_answer_about_no_message_of_ours_says_nothing(says, messages):
    gateway = says(f'{{"status": 0, "messages": {messages}}}')
    with pytest.raises(Unknown):
        gateway.send(a_message(7))


def test_our_id_may_come_back_as_text_or_not_at_all(says):
    for row in ('{"status": 0, "id": 9, "userId": "7"}', '{"status": 0, "id": 9}'):
        accepted = says(f'{{"status": 0, "messages": [{row}]}}').send(a_message(7))
        assert accepted == ("9", None, None)


@pytest.mark.parametrize(
    ("status", "body", "failure"),
    [
        (401, '{"status": 18}', Refused),
        (500, '{"status": 15}', TryAgain),
        (500, '{"status": 0}', Unknown),
        (400, '{"why": 1}', TryAgain),
    ],
)
def test_what_it_explains_goes_before_the_status_of_http(says, status, body, failure):
    with pytest.raises(failure) as refusal:
        says(body, status).send(a_message())
    assert type(refusal.value) is failure


@pytest.mark.parametrize("body", ['{"status": 0, "mid": -1}', '{"status": 24}'])
def test_an_id_that_it_does_not_know_is_not_found(says, body):
    assert says(body).find([7]) == {}


def test_of_what_is_on_its_way_nothing_is_said(says):
    rows = ", ".join(
        f'{{"mid": {mid}, "status": {status}}}'
        for mid, status in enumerate([-1, 0, 1, 2, 8, 16], start=1)
    )
    became = says(f'{{"status": 0, "dlrs": [{rows}]}}').became(list("123456"))
    assert became == {"3": State.DELIVERED, "4": State.UNDELIVERED}


def test_credit_that_it_does_not_say_is_none(says):
    assert says('{"status": 0, "balance": null}').credit() is None
    with pytest.raises(Down):
        says("{}").credit()


def test_what_comes_without_an_id_gets_the_same_one_each_time(says):
    row = (
        '{"body": "9", "senderNumber": "989120000001", "recipientNumber": "3000", '
        '"date": "2026-05-02 09:00:00"}'
    )
    other = row.replace('"9"', '"8"')
    gateway = says(f'{{"status": 0, "messages": [{row}, {row}, {other}]}}')
    first, again, another = gateway.collect()
    assert first == again
    assert first.provider_id != another.provider_id
    assert first.at == datetime(2026, 5, 2, 9, 0, tzinfo=TEHRAN)
    assert (first.sender, first.text) == ("989120000001", "9")


def test_what_it_hands_out_may_lack_anything(says):
    [heard] = says('{"status": 0, "messages": [{"date": "yesterday"}]}').collect()
    assert (heard.sender, heard.text, heard.at) == ("", "", None)


def test_it_says_nothing_by_itself(magfa):
    assert magfa.gateway.reports({"messageid": "1", "status": "10"}) == {}
    assert magfa.gateway.incoming({"messageid": "1", "from": "0912"}) == []
