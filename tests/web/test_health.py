import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext

from nobat.web import health
from nobat.web.ask_database import DatabaseState


def ready(client):
    answer = client.get("/healthz/ready")
    return answer.status_code, answer.content.decode()


@pytest.fixture
def state(monkeypatch):
    def is_(trouble="", missing=(), *, only_reads=False):
        found = DatabaseState(trouble, list(missing), only_reads)
        monkeypatch.setattr(health, "ask_database", lambda: found)

    return is_


def test_being_alive_needs_no_database(client):
    assert client.get("/healthz/live").status_code == 200


@pytest.mark.django_db
def test_ready_is_a_database_with_every_migration(client):
    assert ready(client) == (200, "ready")
    MigrationRecorder.Migration.objects.filter(app="sms", name="0003_proposed_again").delete()
    assert ready(client) == (503, "migrations: 1 missing, sms.0003_proposed_again first")


@pytest.mark.django_db
def test_asking_costs_no_statement_but_its_own(client):
    with CaptureQueriesContext(connection) as statements:
        ready(client)
    assert len(statements) == 0, "its own goes beside Django"


def test_a_database_that_only_reads_is_ready_and_says_so(client, state):
    state(only_reads=True)
    assert ready(client) == (200, "ready, only reading")


def test_what_fails_is_said_in_plain_words(client, state):
    state("database: no connection")
    assert ready(client) == (503, "database: no connection")
    assert client.head("/healthz/ready").status_code == 503
