"""An act meets the bad moments of a real server: done once, or it is said that nobody knows."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Timer

import psycopg
import pytest
from django.db import Error, IntegrityError, OperationalError, connection, transaction

from nobat.database.trouble import NoConnection, OutcomeUnknown, state_of
from nobat.shared import try_again as module
from nobat.shared.rules import RuleBroken
from nobat.shared.try_again import (
    TRIES,
    WithinATransaction,
    make_certain,
    try_again,
    try_again_until_sent,
)
from tests.at_once import at_once
from tests.own_server import everything_on, halt, order, own_server, resume

pytestmark = [pytest.mark.real_time, pytest.mark.django_db(transaction=True)]
BOTH = pytest.mark.parametrize("again", [try_again, try_again_until_sent])
WAITING = "SELECT {}(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"


@pytest.fixture(scope="module")
def server():
    with own_server() as cluster:
        order(cluster, "CREATE TABLE done (key int)")
        yield cluster


@pytest.fixture
def on_it(server):
    order(server, "SET synchronous_commit = off", "TRUNCATE done")
    with everything_on(server):
        yield server


def do(statement, values=None):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else None


def done(server):
    return len(order(server, "SELECT FROM done").fetchall())


class Act:
    """Writes one line, and is told before each try which one it is."""

    def __init__(self, before=lambda number: None):
        self.before, self.tries, self.by = before, 0, []

    def __call__(self):
        self.tries += 1
        with transaction.atomic():
            self.by += do("SELECT pg_backend_pid()")
            do("INSERT INTO done VALUES (1)")
            self.before(self.tries)
        return "done"


class KeyedAct(Act):
    def __call__(self):
        return "found" if do("SELECT key FROM done") else super().__call__()


def first_time(statement):
    return lambda number: do(statement) if number == 1 else None


@BOTH
@pytest.mark.parametrize(
    "trouble",
    [
        "SELECT pg_terminate_backend(pg_backend_pid())",
        "SET TRANSACTION READ ONLY; DELETE FROM done",
        "DO $$ BEGIN RAISE serialization_failure; END $$",
    ],
)
def test_what_failed_before_its_commit_is_done_again_and_once(on_it, again, trouble):
    act = Act(first_time(trouble))
    assert again(act) == "done"
    assert (act.tries, done(on_it)) == (2, 1)


def test_a_connection_that_broke_is_left_and_one_that_was_only_in_the_way_is_not(on_it):
    broke = Act(first_time("SET TRANSACTION READ ONLY; DELETE FROM done"))
    in_the_way = Act(first_time("DO $$ BEGIN RAISE serialization_failure; END $$"))
    try_again(broke)
    try_again(in_the_way)
    assert len(set(broke.by)) == 2
    assert len(set(in_the_way.by)) == 1


@BOTH
def test_of_two_who_block_each_other_both_come_through(on_it, again):
    order(on_it, "INSERT INTO done VALUES (10), (20)")
    both_hold_one = Barrier(2)

    def act(first, second):
        tries = []

        def lock():
            tries.append(1)
            with transaction.atomic():
                do("UPDATE done SET key = key WHERE key = %s", [first])
                if len(tries) == 1 and not both_hold_one.broken:
                    both_hold_one.wait(5)
                do("UPDATE done SET key = key WHERE key = %s", [second])
            return len(tries)

        return lambda: again(lock)

    assert sorted(at_once([act(10, 20), act(20, 10)])) == [1, 2]


@BOTH
def test_a_lock_that_is_let_go_soon_is_waited_for(on_it, again):
    order(on_it, "INSERT INTO done VALUES (7)")
    other = psycopg.connect(on_it.database_url())
    other.execute("SELECT FROM done WHERE key = 7 FOR UPDATE")

    def act():
        with transaction.atomic():
            do("SET LOCAL lock_timeout = '20ms'")
            do("UPDATE done SET key = 8 WHERE key = 7")

    let_go = Timer(0.05, other.rollback)
    let_go.start()
    again(act)
    let_go.join()
    other.close()
    assert order(on_it, "SELECT FROM done WHERE key = 8").fetchall() == [()]


@BOTH
def test_a_server_that_starts_anew_is_found_again(on_it, again, monkeypatch):
    monkeypatch.setattr(module, "LAST_TRY_WITHIN_SECONDS", 60)

    def start_anew(number):
        if number == 1:
            halt(on_it)
            resume(on_it)

    act = Act(start_anew)
    assert again(act) == "done"
    assert (act.tries, done(on_it)) == (2, 1)


@BOTH
def test_where_nobody_answers_it_is_said_soon_that_nothing_was_done(monkeypatch, again):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", str(port))
    connection.close()
    act, began = Act(), time.perf_counter()
    with pytest.raises(NoConnection):
        again(act)
    assert time.perf_counter() - began < 2


@BOTH
def test_after_so_many_tries_it_is_given_up(on_it, again):
    act = Act(lambda number: do("SET TRANSACTION READ ONLY; DELETE FROM done"))
    with pytest.raises(Error) as last:
        again(act)
    assert state_of(last.value) == "25006"
    assert (act.tries, done(on_it)) == (TRIES, 0)


@BOTH
def test_who_has_waited_for_long_is_not_made_to_wait_again(on_it, again, monkeypatch):
    monkeypatch.setattr(module, "LAST_TRY_WITHIN_SECONDS", 0)
    act = Act(first_time("DO $$ BEGIN RAISE serialization_failure; END $$"))
    with pytest.raises(OperationalError):
        again(act)
    assert act.tries == 1


@BOTH
@pytest.mark.parametrize("trouble", [IntegrityError, RuleBroken, ValueError])
def test_what_does_not_pass_is_not_tried_again(on_it, again, trouble):
    tries = []

    def act():
        tries.append(1)
        raise trouble

    with pytest.raises(trouble):
        again(act)
    assert len(tries) == 1


@BOTH
def test_within_a_transaction_it_refuses_loudly(on_it, again):
    act = Act()
    with transaction.atomic(), pytest.raises(WithinATransaction):
        again(act)
    assert act.tries == 0


class TestLostAnswer:
    """COMMIT waits for a standby that does not exist, and its connection is ended meanwhile: it
    is written, and nobody has heard so."""

    @pytest.fixture(autouse=True)
    def no_standby(self, on_it):
        wait_for = "ALTER SYSTEM SET synchronous_standby_names = 'nobody'"
        order(on_it, wait_for, "SELECT pg_reload_conf()")
        yield
        self.let_go(on_it)

    @staticmethod
    def let_go(server):
        order(server, "ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")

    @staticmethod
    def end(server, how):
        for _ in range(200):
            if order(server, WAITING.format(how)).fetchall():
                return
            time.sleep(0.02)

    @pytest.mark.parametrize("how", ["pg_terminate_backend", "pg_cancel_backend"])
    def test_an_act_with_a_key_finds_what_it_did_when_that_is_kept(self, on_it, how):
        act = KeyedAct()

        def meanwhile():
            self.end(on_it, how)  # of the act
            self.end(on_it, how="")  # the second one waits, and nobody ends it
            self.let_go(on_it)

        with ThreadPoolExecutor(1) as operator:
            operator.submit(meanwhile)
            assert try_again(act) == "found"
        assert (act.tries, done(on_it)) == (1, 1)

    def test_as_long_as_it_is_not_kept_nobody_says_that_it_is(self, on_it):
        def meanwhile():
            for _ in range(TRIES):
                self.end(on_it, "pg_cancel_backend")

        with ThreadPoolExecutor(1) as operator:
            operator.submit(meanwhile)
            with pytest.raises(OutcomeUnknown):
                try_again(KeyedAct())
        assert done(on_it) == 1

    @pytest.mark.parametrize("how", ["pg_terminate_backend", "pg_cancel_backend"])
    def test_an_act_without_a_key_is_not_done_twice(self, on_it, how):
        act = Act()

        def meanwhile():
            self.end(on_it, how)
            self.let_go(on_it)

        with ThreadPoolExecutor(1) as operator:
            operator.submit(meanwhile)
            with pytest.raises(OutcomeUnknown):
                try_again_until_sent(act)
        assert (act.tries, done(on_it)) == (1, 1)

    def test_a_later_trouble_does_not_make_the_first_one_certain(self, on_it):
        def act():
            if not done(on_it):
                Act()()
            raise NoConnection

        with ThreadPoolExecutor(1) as operator:
            operator.submit(self.end, on_it, "pg_terminate_backend")
            with pytest.raises(OutcomeUnknown):
                try_again(act)

    def test_certain_is_what_the_standby_has_too(self, on_it):
        with ThreadPoolExecutor(1) as operator:
            operator.submit(self.end, on_it, "pg_cancel_backend")
            with pytest.raises(OutcomeUnknown):
                make_certain()
        self.let_go(on_it)
        make_certain()
