"""What a lane does with its jobs, above all with those that fail."""

from datetime import timedelta
from threading import Barrier, Event, get_ident

import pytest
from django.db import connection

from nobat.people.models import Person
from nobat.worker.jobs import Every, Job
from nobat.worker.lane import TELL_AGAIN_AFTER_FAILURES, Lane
from tests.at_once import at_once

AT_ONCE, SELDOM = Every(timedelta(0)), Every(timedelta(hours=1))


def lane_of(*jobs):
    return Lane("a lane", jobs, Event())


def asks_the_database():
    return Person.objects.count()


def fails():
    mobile = "+989120000001"
    raise ValueError(mobile)


@pytest.mark.django_db
def test_each_job_runs_as_often_as_it_should():
    done = []
    lane = lane_of(
        Job(lambda: done.append("often") or 0, AT_ONCE),
        Job(lambda: done.append("seldom") or 0, SELDOM),
    )
    lane.run_what_is_due()
    lane.run_what_is_due()
    assert done == ["often", "seldom", "often"]


@pytest.mark.django_db
def test_a_job_that_throws_stops_neither_the_next_nor_itself_the_next_time():
    done = []
    lane = lane_of(Job(fails, AT_ONCE), Job(lambda: done.append(1) or 0, AT_ONCE))
    lane.run_what_is_due()
    lane.run_what_is_due()
    assert done == [1, 1]
    assert lane.failures == {Job(fails, AT_ONCE): 2, **dict.fromkeys([*lane.due][1:], 0)}


@pytest.mark.django_db
def test_what_went_wrong_is_told_by_kind_and_place_and_not_in_its_words(caplog):
    lane_of(Job(fails, AT_ONCE)).run_what_is_due()
    assert "fails: ValueError" in caplog.text
    assert "test_lane.py" in caplog.text
    assert "+989120000001" not in caplog.text
    assert "in fails" in caplog.text


@pytest.mark.django_db
def test_a_failure_that_lasts_does_not_fill_the_log(caplog):
    lane = lane_of(Job(fails, AT_ONCE))
    for _ in range(TELL_AGAIN_AFTER_FAILURES + 1):
        lane.run_what_is_due()
    assert caplog.text.count("fails: ValueError") == 2


@pytest.mark.django_db
def test_what_was_done_is_counted_in_the_log(caplog):
    def seven_messages():
        return 7

    caplog.set_level("INFO")
    lane_of(Job(seven_messages, AT_ONCE), Job(lambda: 0, AT_ONCE)).run_what_is_due()
    assert len(caplog.records) == 1
    assert "seven_messages: 7 in" in caplog.text


@pytest.mark.django_db
def test_when_it_is_asked_to_stop_the_job_at_hand_is_the_last():
    done = []
    lane = lane_of(
        Job(lambda: lane.stopping.set() or done.append("at hand") or 0, AT_ONCE),
        Job(lambda: done.append("next") or 0, AT_ONCE),
    )
    lane.run()
    assert done == ["at hand"]
    assert not lane.has_broken


@pytest.mark.django_db
def test_a_lane_that_breaks_ends_the_whole_worker():
    def breaks():
        raise SystemExit

    lane = lane_of(Job(breaks, AT_ONCE))
    lane.start()
    lane.join(10)
    assert lane.has_broken
    assert lane.stopping.is_set()


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_is_made_anew(caplog):
    found = []
    asking = Job(lambda: found.append(asks_the_database()) or 0, AT_ONCE)
    lane = lane_of(asking)
    lane.run_what_is_due()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()

    at_once([lambda: _end(backend)])
    lane.run_what_is_due()

    assert found == [0, 0]
    assert lane.failures[asking] == 0


@pytest.mark.django_db(transaction=True)
def test_a_connection_lost_in_the_middle_of_a_job_is_made_anew_for_the_next():
    def loses_it():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return 1

    found = []
    losing = Job(loses_it, AT_ONCE, is_for_one_machine=True)
    lane = lane_of(losing, Job(lambda: found.append(asks_the_database()) or 0, AT_ONCE))
    lane.run_what_is_due()
    lane.alone.close()
    assert found == [0]
    assert lane.failures[losing] == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_that_had_a_bad_moment_does_not_wait_for_its_next_time():
    tries = []

    def has_one_bad_moment():
        tries.append(1)
        with connection.cursor() as cursor:
            if len(tries) == 1:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return 1

    job = Job(has_one_bad_moment, SELDOM)
    lane = lane_of(job)
    lane.run_what_is_due()
    assert (len(tries), lane.failures[job]) == (2, 0)


@pytest.mark.django_db(transaction=True)
def test_a_job_for_one_machine_is_done_by_one_of_two_workers():
    at_it, both_tried = [], Barrier(2, timeout=10)

    def takes_until_both_tried():
        at_it.append(get_ident())
        both_tried.wait()
        return 1

    def work():
        lane = lane_of(Job(takes_until_both_tried, AT_ONCE, is_for_one_machine=True))
        lane.run_what_is_due()
        lane.alone.close()
        if get_ident() not in at_it:
            both_tried.wait()

    at_once([work, work])
    assert len(at_it) == 1


def _end(backend):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [backend])
