from datetime import timedelta
from itertools import count

import pytest

from nobat.shared.kept import KEPT_FOR_SECONDS, Kept, forget

SHORTLY = timedelta(seconds=KEPT_FOR_SECONDS - 0.1)


def test_an_answer_is_made_once_for_all_who_ask_within_two_seconds(clock):
    kept, numbers = Kept(most=2), count(1)

    assert kept.or_make("a", lambda: next(numbers)) == 1
    clock.shift(SHORTLY)
    assert kept.or_make("a", lambda: next(numbers)) == 1
    clock.shift(timedelta(seconds=0.1))
    assert kept.or_make("a", lambda: next(numbers)) == 2


def test_another_question_has_another_answer():
    kept = Kept(most=2)

    assert kept.or_make(("1021", "petition"), lambda: "here") == "here"
    assert kept.or_make(("1022", "petition"), lambda: "there") == "there"


def test_it_is_as_old_as_what_it_was_made_from(clock):
    kept = Kept(most=2)

    def slowly():
        clock.shift(SHORTLY)
        return "of then"

    kept.or_make("a", slowly)
    clock.shift(timedelta(seconds=0.1))
    assert kept.or_make("a", lambda: "of now") == "of now"


def test_a_clock_that_is_set_back_keeps_nothing_longer(clock):
    kept = Kept(most=2)
    kept.or_make("a", lambda: "of then")

    clock.shift(timedelta(hours=-1))
    assert kept.or_make("a", lambda: "of now") == "of now"


def test_no_more_is_kept_than_was_said_and_the_oldest_goes_first():
    kept = Kept(most=2)
    for key in "abac":
        kept.or_make(key, lambda key=key: f"{key} kept")

    assert kept.or_make("b", lambda: "b anew") == "b kept"
    assert kept.or_make("a", lambda: "a anew") == "a anew"


def test_what_went_wrong_is_tried_again():
    kept = Kept(most=2)
    with pytest.raises(ZeroDivisionError):
        kept.or_make("a", lambda: 1 / 0)

    assert kept.or_make("a", lambda: "well") == "well"


def test_everything_can_be_forgotten():
    kept = Kept(most=2)
    kept.or_make("a", lambda: "of then")

    forget()

    assert kept.or_make("a", lambda: "of now") == "of now"
