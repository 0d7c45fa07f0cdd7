from datetime import UTC, datetime

import pytest

from nobat.demo.providers.mood import Manner
from nobat.sms.gateways import Incoming, NoCredit, Refused, Unknown
from nobat.sms.gateways import kavenegar as module
from nobat.sms.kinds import Kind
from nobat.sms.states import State
from tests.sms.gateways.conftest import a_message


def a_code(id_=1):
    return a_message(
        id_, "کد ورود به نوبت: 482139", kind=Kind.CODE, purpose="sign_in", code="482139"
    )


def test_a_code_goes_by_the_template_where_there_is_one(kavenegar, settings):
    settings.KAVENEGAR = settings.KAVENEGAR._replace(code_template="nobat-code")
    assert kavenegar.gateway.send(a_code()).knew_template is True
    [(number, text)] = kavenegar.phones
    assert number == "09120000001"
    assert "ورود به نوبت: 482139" in text
    assert text != a_code().text


def test_without_a_template_a_code_goes_as_text(kavenegar):
    assert kavenegar.gateway.send(a_code()).knew_template is None
    assert kavenegar.phones == [("09120000001", a_code().text)]


def test_only_codes_go_by_the_template(kavenegar, settings):
    settings.KAVENEGAR = settings.KAVENEGAR._replace(code_template="nobat-code")
    assert kavenegar.gateway.send(a_message()).knew_template is None
    assert kavenegar.phones == [("09120000001", a_message().text)]


def test_a_template_that_the_provider_does_not_know_holds_up_no_code(kavenegar, settings):
    settings.KAVENEGAR = settings.KAVENEGAR._replace(code_template="not-approved")
    assert kavenegar.gateway.send(a_code()).knew_template is False
    assert kavenegar.phones == [("09120000001", a_code().text)]


def test_such_a_template_is_tried_again_only_after_a_while(kavenegar, settings, monkeypatch):
    settings.KAVENEGAR = settings.KAVENEGAR._replace(code_template="not-approved")
    kavenegar.gateway.send(a_code(1))
    settings.KAVENEGAR = settings.KAVENEGAR._replace(code_template="nobat-code")
    assert kavenegar.gateway.send(a_code(2)).knew_template is None
    now = module.time.monotonic()
    monkeypatch.setattr(module.time, "monotonic", lambda: now + module.TEMPLATE_RESTS_SECONDS)
    assert kavenegar.gateway.send(a_code(3)).knew_template is True


def test_every_other_failure_of_a_template_is_one_of_the_message(kavenegar, settings):
    settings.KAVENEGAR = settings.KAVENEGAR._replace(code_template="nobat-code")
    for manner, failure in {Manner.NO_CREDIT: NoCredit, Manner.LOSES_ANSWERS: Unknown}.items():
        kavenegar.behaves(manner)
        with pytest.raises(failure):
            kavenegar.gateway.send(a_code())
    assert len(kavenegar.phones) == 1


def test_the_same_message_again_sends_no_second_one(kavenegar):
    first = kavenegar.gateway.send(a_message(5))
    assert kavenegar.gateway.send(a_message(5)) == first
    assert len(kavenegar.phones) == 1


def test_a_contract_without_plain_messages_is_a_refusal(kavenegar):
    kavenegar.behaves(refuses_with=426)
    with pytest.raises(Refused):
        kavenegar.gateway.send(a_message())


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("6", State.UNDELIVERED),
        ("10", State.DELIVERED),
        ("11", State.UNDELIVERED),
        ("13", State.UNDELIVERED),
        ("14", State.BLOCKED),
    ],
)
def test_it_says_by_itself_what_became_of_a_message(kavenegar, status, state):
    assert kavenegar.gateway.reports({"messageid": "85", "status": status}) == {"85": state}


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"messageid": "85"},
        {"messageid": "85", "status": "5"},
        {"messageid": "85", "status": "100"},
        {"messageid": "x", "status": "10"},
        {"messageid": "0", "status": "10"},
    ],
)
def test_what_says_nothing_new_is_no_report(kavenegar, form):
    assert kavenegar.gateway.reports(form) == {}


def test_it_hands_over_what_a_phone_has_sent(kavenegar):
    form = {"messageid": "9", "from": "09120000001", "to": "30001234", "message": "لغو ۱۲۳"}
    assert kavenegar.gateway.incoming(form) == [Incoming("9", "09120000001", "لغو ۱۲۳")]
    dated = kavenegar.gateway.incoming(form | {"date": "1777699800"})
    assert dated[0].at == datetime(2026, 5, 2, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize("form", [{}, {"messageid": "9"}, {"from": "0912", "messageid": "x"}])
def test_a_message_without_an_id_or_a_sender_is_none(kavenegar, form):
    assert kavenegar.gateway.incoming(form) == []


@pytest.mark.parametrize("date", ["x", "-9", "99999999999999999", ""])
def test_a_moment_that_cannot_be_is_none(kavenegar, date):
    form = {"messageid": "9", "from": "09120000001", "message": "سلام", "date": date}
    [heard] = kavenegar.gateway.incoming(form)
    assert heard.at is None
