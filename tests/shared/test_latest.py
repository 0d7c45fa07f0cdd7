from itertools import count

import pytest

from nobat.shared.latest import Latest


def test_an_answer_is_made_anew_only_of_something_else():
    latest, numbers = Latest(most=2), count(1)

    def asked(made_of):
        return latest.or_make("1021", made_of, lambda: next(numbers))

    assert [asked("as it is"), asked("as it is"), asked("changed"), asked("changed")] == [
        1,
        1,
        2,
        2,
    ]


def test_of_what_was_before_nothing_is_kept():
    latest, numbers = Latest(most=2), count(1)

    for made_of, expected in (("a", 1), ("b", 2), ("a", 3)):
        assert latest.or_make("1021", made_of, lambda: next(numbers)) == expected


def test_another_key_has_another_answer():
    latest = Latest(most=2)

    assert latest.or_make("1021", "the same", lambda: "here") == "here"
    assert latest.or_make("1022", "the same", lambda: "there") == "there"


def test_no_more_keys_are_kept_than_was_said_and_the_oldest_goes_first():
    latest = Latest(most=2)
    for key in "abac":
        latest.or_make(key, "", lambda key=key: f"{key} kept")

    assert latest.or_make("c", "", lambda: "c anew") == "c kept"
    assert latest.or_make("b", "", lambda: "b anew") == "b kept"
    assert latest.or_make("a", "", lambda: "a anew") == "a anew"


def test_what_changes_is_as_young_as_what_is_new():
    latest = Latest(most=3)
    for key, made_of in ("a", 1), ("b", 1), ("a", 2), ("c", 1), ("d", 1):
        latest.or_make(key, made_of, lambda key=key: f"{key} kept")

    assert latest.or_make("a", 2, lambda: "a anew") == "a kept"


def test_what_went_wrong_is_tried_again():
    latest = Latest(most=2)
    with pytest.raises(ZeroDivisionError):
        latest.or_make("a", "", lambda: 1 / 0)

    assert latest.or_make("a", "", lambda: "made") == "made"
