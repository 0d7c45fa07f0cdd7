"""A server that is silent is waited for by one, not by everybody."""

import socket
import time

import pytest
from django.db import connection

from nobat.database import connecting
from nobat.database.trouble import NoConnection
from tests.counted import counted

pytestmark = [pytest.mark.real_time, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def elsewhere(monkeypatch):
    """The database is to be looked for at this port of this machine."""
    connection.close()

    def look(port):
        monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
        monkeypatch.setitem(connection.settings_dict, "PORT", str(port))

    yield look
    connection.close()


@pytest.fixture
def silent():
    """Takes a connection, and says nothing to it."""
    with socket.create_server(("127.0.0.1", 0), backlog=8) as server:
        yield server.getsockname()[1]


@pytest.fixture
def refusing():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    return port


@pytest.fixture
def waits():
    """How often something has come of it since this test began, by what."""
    before = {outcome: _counted(outcome) for outcome in ("made", "refused", "spared")}
    return lambda outcome: _counted(outcome) - before[outcome]


def _counted(outcome):
    return counted(f'nobat_database_wait_seconds_count{{outcome="{outcome}"}}')


def seconds_until_refused():
    began = time.perf_counter()
    with pytest.raises(NoConnection):
        connection.ensure_connection()
    return time.perf_counter() - began


def test_a_connection_is_counted_with_its_wait(waits):
    waited = 'nobat_database_wait_seconds_sum{outcome="made"}'
    before = counted(waited)
    connection.close()
    connection.ensure_connection()
    assert (waits("made"), waits("refused"), waits("spared")) == (1, 0, 0)
    assert 0 < counted(waited) - before < 1


def test_one_that_is_refused_is_asked_for_again_at_once(elsewhere, refusing, waits):
    elsewhere(refusing)
    assert seconds_until_refused() < 1
    assert seconds_until_refused() < 1
    assert (waits("refused"), waits("spared")) == (2, 0)


def test_behind_the_first_who_met_silence_nobody_waits(elsewhere, silent, waits, monkeypatch):
    elsewhere(silent)
    assert 2 < seconds_until_refused() < 5
    assert seconds_until_refused() < 0.1
    assert (waits("refused"), waits("spared")) == (1, 1)
    monkeypatch.setattr(connecting._State, "asked_again_at", time.perf_counter())
    assert seconds_until_refused() > 1
