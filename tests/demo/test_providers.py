"""The stand-ins themselves: what tests, trials and the demo rely on."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from nobat.demo.providers import begin as begin_module
from nobat.demo.providers.accounts import GATEWAYS, made_up_accounts
from nobat.demo.providers.asked import Asked
from nobat.demo.providers.begin import begin_stand_ins
from nobat.demo.providers.both import both_at_work, places_of
from nobat.demo.providers.kavenegar import SpeaksKavenegar
from nobat.demo.providers.kept import Kept
from nobat.demo.providers.magfa import SpeaksMagfa
from nobat.demo.providers.misbehave import http_answer, misbehaving
from nobat.demo.providers.mood import IN_THE_DEMO, Manner, Mood
from nobat.demo.providers.postman import Postman
from nobat.demo.providers.server import Server
from nobat.demo.providers.stand_in import StandIn
from nobat.provider_accounts import KavenegarAccount, MagfaAccount
from nobat.sms.models import DemoPhoneSms

ROOT = Path(__file__).resolve().parents[2]
TO, TEXT = "09120000001", "نوبت شما"


@pytest.fixture
def box():
    """An address of ours; what is brought there."""
    brought = []

    def take(asked):
        brought.append(asked.form)
        yield b"HTTP/1.1 200 -\r\nContent-Length: 0\r\n\r\n"

    server = Server(0, take)
    server.open()
    yield f"http://127.0.0.1:{server.port}/", brought
    server.close()


@pytest.fixture
def stand_in(box):
    stand_in = StandIn(SpeaksKavenegar("key", "3000"), reports_to=box[0])
    stand_in.start()
    yield stand_in
    stand_in.end()


def send(stand_in, own="1", **changes) -> httpx.Response:
    form = {"receptor": TO, "sender": "3000", "message": TEXT, "localid": own, **changes}
    return httpx.post(f"{stand_in.url}/v1/key/sms/send.json", data=form, trust_env=False)


def wait_until(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_reports_come_in_their_order_when_their_time_has_come(stand_in, box):
    stand_in.mood = Mood(reported_after=0.4)
    its = str(send(stand_in).json()["entries"][0]["messageid"])
    wait_until(lambda: len(box[1]) == 2)
    assert box[1] == [{"messageid": its, "status": "5"}, {"messageid": its, "status": "10"}]


def test_reports_come_out_of_order_and_twice_if_the_mood_is_so(stand_in, box):
    stand_in.mood = Mood(reported_after=0.3, out_of_order=True, twice=True)
    send(stand_in)
    wait_until(lambda: len(box[1]) == 4)
    assert [form["status"] for form in box[1]] == ["10", "10", "5", "5"]


def test_only_each_so_many_th_request_is_treated_so(stand_in):
    stand_in.mood = Mood(Manner.ERROR, every=3)
    answers = [send(stand_in, str(own)).status_code for own in range(9)]
    assert answers.count(500) == 3
    assert len(stand_in.kept) == 6


def test_who_is_away_refuses_connections_and_comes_back_to_the_same_address(stand_in):
    url = stand_in.url
    stand_in.mood = Mood(Manner.AWAY)
    with pytest.raises(httpx.ConnectError):
        send(stand_in)
    stand_in.mood = Mood()
    assert stand_in.url == url
    assert send(stand_in).status_code == 200


def test_nothing_is_kept_of_what_a_message_said(stand_in):
    send(stand_in)
    assert TEXT not in repr(vars(stand_in.kept))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"receptor": "+989120000001"}, 411),
        ({"sender": "4000"}, 412),
        ({"message": ""}, 413),
        ({"message": "ب" * 901}, 413),
    ],
)
def test_kavenegar_refuses_what_it_would(stand_in, changes, code):
    answer = send(stand_in, **changes)
    assert (answer.status_code, answer.json()["return"]["status"]) == (code, code)
    assert answer.json()["return"]["message"].isascii() is False


@pytest.mark.parametrize(
    ("path", "form", "code"),
    [
        ("/v1/other/sms/send.json", {}, 403),
        ("/v2/key/sms/send.json", {}, 403),
        ("/v1/key/sms/sendarray.json", {}, 404),
        ("/v1/key/sms/status.json", {"messageid": ",".join(["1"] * 501)}, 414),
        ("/v1/key/verify/lookup.json", {"receptor": TO, "template": "x", "token": "1"}, 424),
        ("/v1/key/verify/lookup.json", {"receptor": TO, "template": "t", "token": "1 2"}, 431),
        ("/v1/key/verify/lookup.json", {"receptor": TO, "template": "t", "token": "1_2"}, 431),
        ("/", {}, 403),
    ],
)
def test_kavenegar_says_why(path, form, code):
    body = "&".join(f"{name}={value}" for name, value in form.items()).encode()
    asked = Asked("POST", path, body, authorization="", line=1)
    speaks = SpeaksKavenegar("key", "3000", {"t"})
    assert speaks.answer(asked, Kept(lambda taken, text: None), Mood()).status == code


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"senders": ["4000"]}, 2), ({"recipients": ["7"]}, 1), ({"messages": [""]}, 13)],
)
def test_magfa_refuses_what_it_would(changes, status):
    said = {"senders": ["3000"], "recipients": [TO], "messages": [TEXT], "uids": [1], **changes}
    [row] = ask_magfa("send", said)["messages"]
    assert row["status"] == status


def test_magfa_says_why():
    assert ask_magfa("nothing") == {"status": 25}
    assert ask_magfa(f"statuses/{','.join(['1'] * 101)}") == {"status": 107}
    assert ask_magfa("balance", authorization="Basic x") == {"status": 18}


def ask_magfa(path, said=None, authorization="Basic bm9iYXQva2Fub29uOnNlY3JldA=="):
    target = f"/api/http/sms/v2/{path}"
    asked = Asked("POST", target, json.dumps(said).encode(), authorization=authorization, line=1)
    speaks = SpeaksMagfa("nobat", "kanoon", "secret", "3000")
    return speaks.answer(asked, Kept(lambda taken, text: None), Mood()).said


def test_what_nobody_takes_is_dropped_and_the_next_is_brought(box):
    postman = Postman()
    postman.bring("http://127.0.0.1:1/", {"a": "1"}, after=0)
    postman.bring(box[0], {"b": "2"}, after=0.01)
    wait_until(lambda: box[1] == [{"b": "2"}])
    postman.bring(box[0], {"c": "3"}, after=60)
    postman.end()
    assert box[1] == [{"b": "2"}]


def test_a_manner_that_spoils_an_answer_leaves_its_length_true():
    for manner in (Manner.HTML, Manner.HALF, Manner.HUGE, Manner.NOT_AN_OBJECT):
        [answer] = misbehaving(Mood(manner), lambda: (200, {"a": "ب"}), is_hand_over=True)
        head, _, body = answer.partition(b"\r\n\r\n")
        assert f"Content-Length: {len(body)}".encode() in head
    assert http_answer(302, b"").count(b"Location:") == 1


# ------------------------------------------------------------------ in make run


def test_whoever_names_a_gateway_gets_no_accounts_made_up():
    assert made_up_accounts({"SMS_GATEWAY": "mine.Gateway"}) == {}
    assert made_up_accounts({"SMS_GATEWAY_FILE": "/run/gateway"}) == {}
    accounts = made_up_accounts({})
    assert accounts["SMS_GATEWAY"] == ",".join(GATEWAYS)
    assert len({accounts[name] for name in accounts if name.endswith("_URL")}) == 3


def use_accounts(settings, accounts):
    """As settings.py reads them."""
    values = [accounts[f"KAVENEGAR_{name.upper()}"] for name in KavenegarAccount._fields]
    settings.KAVENEGAR = KavenegarAccount(*values)
    values = [accounts[f"MAGFA_{name.upper()}"] for name in MagfaAccount._fields]
    settings.MAGFA = MagfaAccount(*values)
    settings.SMS_GATEWAY = accounts["SMS_GATEWAY"]
    settings.DEMO_PROVIDERS_URL = accounts["DEMO_PROVIDERS_URL"]


@pytest.fixture
def in_the_demo(settings):
    accounts = made_up_accounts({})
    use_accounts(settings, accounts)
    return accounts


@pytest.mark.django_db(transaction=True)
def test_what_the_stand_ins_take_is_on_the_phones_of_the_demo(in_the_demo):
    with both_at_work("") as stand_ins:
        form = {"receptor": TO, "sender": "30001234", "message": TEXT, "localid": "1"}
        key = in_the_demo["KAVENEGAR_API_KEY"]
        httpx.post(f"{stand_ins['kavenegar'].url}/v1/{key}/sms/send.json", data=form)
    assert list(DemoPhoneSms.objects.values_list("to", "text")) == [("+989120000001", TEXT)]


def test_the_stand_ins_are_told_how_to_behave(in_the_demo):
    url = in_the_demo["DEMO_PROVIDERS_URL"]
    with both_at_work("") as stand_ins, httpx.Client(base_url=url, trust_env=False) as client:
        assert client.get("/").json()["magfa"] == {"manner": "works", "taken": 0}
        for manner in IN_THE_DEMO:
            client.post("/magfa", data={"manner": manner}).raise_for_status()
            assert stand_ins["magfa"].mood.manner == manner
        assert client.post("/magfa", data={"manner": "drips"}).status_code == 400
        assert client.post("/pigeon", data={"manner": "works"}).status_code == 400
        assert stand_ins["kavenegar"].mood == Mood()


def test_where_to_hand_things_over_is_what_the_command_prints(monkeypatch):
    def prints(name, site, stdout):
        stdout.write(f"kavenegar  reports  {site}/a/\nkavenegar  incoming  {site}/b/\nmagfa  x\n")

    monkeypatch.setattr("nobat.demo.providers.both.get_commands", lambda: {"sms_addresses": ""})
    monkeypatch.setattr("nobat.demo.providers.both.call_command", prints)
    assert places_of("kavenegar", "http://here") == {
        "reports": "http://here/a/",
        "incoming": "http://here/b/",
    }
    assert places_of("magfa", "http://here") == {}
    assert places_of("kavenegar", "") == {}


@pytest.mark.real_time
def test_the_program_of_the_stand_ins_ends_in_good_order():
    environment = {**os.environ, "DEMO": "1", **made_up_accounts({})}
    program = subprocess.Popen(
        [sys.executable, "manage.py", "run_providers"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert "at work" in program.stdout.readline()
    program.send_signal(signal.SIGTERM)
    assert program.wait(10) == 0
    program.stdout.close()


class NoneStarts:
    """Children of which the stand-ins end at once."""

    def __init__(self):
        self.let_go_of = []

    def start_dispensable(self, name, command):
        self.started = (name, command)
        return self

    def is_running(self):
        return False

    def let_go(self, child):
        self.let_go_of.append(child)


def test_stand_ins_that_do_not_start_leave_the_messages_to_the_demo_phone(monkeypatch):
    monkeypatch.setattr(begin_module.os, "environ", {})
    children = NoneStarts()
    assert not begin_stand_ins("http://127.0.0.1:8000", children)
    assert children.started[0] == "providers"
    assert children.let_go_of == [children]
    assert begin_module.os.environ == {}


def test_whoever_names_a_gateway_gets_no_stand_ins(monkeypatch):
    monkeypatch.setattr(begin_module.os, "environ", {"SMS_GATEWAY": "mine.Gateway"})
    children = NoneStarts()
    assert begin_stand_ins("http://127.0.0.1:8000", children)
    assert not hasattr(children, "started")
