import logging

import pytest
from django.db import DatabaseError
from django.test import Client

from nobat.people.models import Session
from nobat.shared.log_lines import LogLines
from nobat.sms.models import IncomingSms
from nobat.web.provider import listens
from nobat.web.provider.address import Tells, address_for

SAID = {"id": "1", "from": "09120000001", "text": "وضعیت"}


def plain(response):
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return response.status_code, response.content


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_provider_may_come_with_get_or_post_and_without_any_cookie(method, incoming_page):
    strict = Client(enforce_csrf_checks=True)
    response = getattr(strict, method)(incoming_page, SAID)
    assert plain(response) == (200, b"ok")
    assert IncomingSms.objects.count() == 1
    assert not response.cookies
    assert not Session.objects.exists()
    assert "no-store" in response["Cache-Control"]


def test_at_any_other_address_there_is_nothing_and_all_are_told_the_same(client, incoming_page):
    token = incoming_page.split("/")[3]
    wrong = [
        incoming_page.replace(token, "0" * len(token)),
        incoming_page.replace(token, token[:-1]),
        incoming_page.replace("/outside/", "/second/"),
        incoming_page.replace("/outside/", "/nobody/"),
        address_for("nobody", Tells.INCOMING),  # rightly signed, and not in use
        incoming_page.replace("/incoming/", "/reports/"),
    ]
    answers = [client.post(address, SAID) for address in wrong]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert not IncomingSms.objects.exists()


def test_a_gateway_that_is_no_longer_in_use_is_not_heard(client, incoming_page, settings):
    settings.SMS_GATEWAY = "tests.sms.gateway.Second"
    assert client.post(incoming_page, SAID).status_code == 404


def test_a_line_that_cannot_receive_hears_no_messages(
    client, incoming_page, reports_page, settings
):
    settings.SMS_ANSWERS = False
    assert client.post(incoming_page, SAID).status_code == 404
    assert client.post(reports_page, {"id": "1", "state": "delivered"}).status_code == 200


@pytest.mark.parametrize("method", ["put", "delete", "head"])
def test_other_methods_are_refused(method, client, incoming_page):
    assert getattr(client, method)(incoming_page).status_code == 405


@pytest.mark.parametrize("said", [{}, {"id": "1"}, {"other": "x"}])
def test_what_says_nothing_to_the_gateway_is_refused_in_plain_words(
    said, client, incoming_page, caplog
):
    assert plain(client.post(incoming_page, said)) == (400, b"cannot be read")
    assert "outside, incoming: KeyError" in caplog.text


def test_so_is_what_nobody_can_read(client, incoming_page):
    response = client.post(incoming_page, "{", content_type="application/json")
    assert plain(response) == (400, b"cannot be read")


def test_what_is_too_long_is_refused(client, incoming_page):
    response = client.post(incoming_page, {**SAID, "text": "x" * 70_000})
    assert plain(response) == (413, b"too much")
    assert not IncomingSms.objects.exists()


def test_neither_the_address_nor_what_was_sent_comes_into_the_log(
    incoming_page, monkeypatch, caplog
):
    def breaks(*args):
        raise DatabaseError("09120000001")

    monkeypatch.setattr(listens, "form_of", lambda request: SAID)
    monkeypatch.setattr("nobat.web.provider.incoming.receive_sms", breaks)
    client = Client(raise_request_exception=False)
    with caplog.at_level(logging.DEBUG):
        assert client.post(f"{incoming_page}?from=09120000001", SAID).status_code == 500

    form = LogLines("{message}", style="{")
    lines = "\n".join(form.format(record) for record in caplog.records if not record.exc_info)
    tracebacks = [form.format(record) for record in caplog.records if record.exc_info]
    assert "Internal Server Error: sms:incoming" in lines + "".join(tracebacks)
    assert incoming_page.split("/")[3] not in lines + "".join(tracebacks)
    assert "?from" not in lines + "".join(tracebacks)
