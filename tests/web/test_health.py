from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from nobat.sms.models import Kind, OutgoingSms, State


def test_being_alive_needs_no_database(client):
    assert client.get("/healthz/live").status_code == 200


@pytest.mark.django_db
def test_ready_is_a_database_with_every_migration(client):
    assert client.get("/healthz/ready").status_code == 200


@pytest.mark.django_db
def test_a_missing_migration_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, nodes: ["one"])

    assert client.get("/healthz/ready").status_code == 503


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_not_ready(client, monkeypatch):
    def no_answer(self, nodes):
        raise DatabaseError

    monkeypatch.setattr(MigrationExecutor, "migration_plan", no_answer)

    assert client.get("/healthz/ready").status_code == 503


@pytest.mark.django_db
def test_metrics_say_how_long_an_sms_waits_and_nothing_of_whom(client):
    now = timezone.now()
    OutgoingSms.objects.create(
        kind=Kind.BOOKED,
        occasion="booked:1",
        to="+989120000001",
        params={},
        not_after=now + timedelta(hours=1),
        next_try_at=now,
        queued_at=now - timedelta(seconds=90),
        state=State.WAITING,
    )

    text = client.get("/metrics").content.decode()

    assert "nobat_sms_waiting 1\n" in text
    assert "nobat_sms_oldest_waiting_seconds 90\n" in text
    assert "nobat_appointments_booked_total 0\n" in text
    assert "912" not in text
