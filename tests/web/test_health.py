import pytest
from django.db import DatabaseError
from django.db.migrations.executor import MigrationExecutor


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
