"""In which time nothing could be written: met by whoever tries, and over with the next write."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.database.no_writing import goes_on, note_no_writing, note_writing, time_without_writing

MINUTE = timedelta(minutes=1)
WITHIN = 15 * MINUTE


def told() -> int:
    """In minutes."""
    return time_without_writing(within=WITHIN) // MINUTE


@pytest.fixture
def later(clock):
    return lambda minutes: clock.shift(minutes * MINUTE)


def test_as_long_as_everything_is_well_there_is_none(clock):
    note_writing()
    assert not goes_on()
    assert told() == 0


def test_it_is_as_long_as_it_was_met(later):
    note_no_writing()
    later(40)
    note_no_writing()
    assert goes_on()
    assert told() == 40


def test_it_began_when_something_was_written_last_if_that_is_known(later):
    note_no_writing(since=timezone.now() - 7 * MINUTE)
    later(1)
    note_no_writing()
    assert told() == 8


def test_it_did_not_begin_in_the_future_whatever_another_clock_says(later):
    note_no_writing(since=timezone.now() + 7 * MINUTE)
    assert told() == 0


def test_it_counts_for_a_while_after_its_end(later):
    note_no_writing(since=timezone.now() - 40 * MINUTE)
    note_writing()
    later(14)
    assert told() == 40
    later(1)
    assert told() == 0


def test_the_next_one_begins_anew(later):
    note_no_writing(since=timezone.now() - 40 * MINUTE)
    note_writing()
    later(2)
    note_no_writing()
    assert told() == 0
