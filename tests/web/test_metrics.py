import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nobat.shared.counts import count_refusal
from nobat.web import metrics
from nobat.web.ask_database import DatabaseState
from tests.build import book, sign_in
from tests.metrics import lines

pytestmark = pytest.mark.django_db


def test_nothing_of_any_person_stands_in_it(client, sara, slot, petition):
    sign_in(client, sara)
    appointment = book(sara, slot, petition)
    client.get(f"/my/appointments/{appointment.reference}/")

    text = client.get("/metrics").content.decode()
    assert "nobat_appointments_booked_total" in text
    for personal in ("912000", sara.first_name, appointment.reference):
        assert personal not in text
    for line in text.splitlines():
        assert line.startswith(("#", "nobat_"))


def test_a_label_is_a_word_of_our_code(client, sara, slot, petition):
    sign_in(client, sara)
    for page in ("/", "/offices/1021/", "/offices/?q=1021", "/my/appointments/", "/no/page/"):
        client.get(page)
    words = re.findall(r'="([^"]*)"', "\n".join(lines(client)))
    assert words
    assert [word for word in words if not re.fullmatch(r"[A-Za-z_:. +0-9-]*", word)] == []
    assert [word for word in words if re.search(r"/|\d{4}", word)] == []


def test_it_speaks_as_prometheus_reads(client):
    answer = client.get("/metrics")
    assert answer["Content-Type"].startswith("text/plain; version=")
    assert client.head("/metrics").status_code == 200


def test_what_stands_in_the_database_is_kept_for_some_seconds(client, clock):
    client.get("/metrics")
    with CaptureQueriesContext(connection) as statements:
        client.get("/metrics")
    assert len(statements) == 0
    clock.shift(metrics.KEPT_FOR_SECONDS)
    with CaptureQueriesContext(connection) as statements:
        client.get("/metrics")
    assert 0 < len(statements) < 30


def test_while_the_database_is_away_it_says_so_and_what_was_counted(client, monkeypatch):
    away = DatabaseState("database: no connection", [], only_reads=False)
    monkeypatch.setattr(metrics, "ask_database", lambda: away)
    count_refusal("SlotFull")
    found = lines(client)
    assert "nobat_database_up 0.0" in found
    assert any(line.startswith('nobat_refusals_total{kind="SlotFull"}') for line in found)
    assert not any(line.startswith("nobat_sms_waiting") for line in found)
