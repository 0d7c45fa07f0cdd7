"""One worker of several is at a job, wherever a pooler sends its transactions."""

import time

import pytest
from django.db import Error, connection

from nobat.worker.alone import Alone
from tests.at_once import at_once

pytestmark = [pytest.mark.real_time, pytest.mark.django_db(transaction=True)]
HELD = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"


@pytest.fixture
def alone():
    made = Alone()
    yield made
    made.close()


def by_another_worker(name="a job"):
    def ask():
        other = Alone()
        with other.at(name) as is_ours:
            pass
        other.close()
        return is_ours

    [is_ours] = at_once([ask])
    return is_ours


def holders():
    with connection.cursor() as cursor:
        cursor.execute(HELD)
        return [pid for (pid,) in cursor.fetchall()]


def test_another_one_is_refused_until_the_block_ends(alone):
    with alone.at("a job") as is_ours:
        assert is_ours
        assert not by_another_worker()
        assert by_another_worker("another job")
    assert by_another_worker()


def test_it_is_held_in_a_transaction_and_not_in_a_session(alone):
    with alone.at("a job"):
        assert len(holders()) == 1
    assert holders() == []
    with alone.at("a job") as is_ours:
        assert is_ours


def test_a_job_that_throws_lets_go_too(alone):
    with pytest.raises(ZeroDivisionError), alone.at("a job"):
        raise ZeroDivisionError
    assert by_another_worker()


def test_who_died_holds_nothing(alone):
    with alone.at("a job"):
        [pid] = holders()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 2000)", [pid])
        assert by_another_worker()
    with alone.at("a job") as is_ours:
        assert is_ours


def test_a_connection_that_broke_between_two_jobs_is_made_anew(alone):
    with alone.at("a job"):
        [pid] = holders()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 2000)", [pid])
    with pytest.raises(Error), alone.at("a job"):
        pass
    with alone.at("a job") as is_ours:
        assert is_ours


def test_a_long_job_is_no_neglected_transaction(alone, monkeypatch):
    impatient = "-c idle_in_transaction_session_timeout=50"
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "options", impatient)
    with alone.at("a job"):
        time.sleep(0.3)
        assert not by_another_worker()
