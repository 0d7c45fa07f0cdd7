import pytest

from nobat.shared.reference import (
    grouped,
    is_reference,
    new_reference,
    typed_reference,
)


def test_a_tracking_code_is_ten_digits_with_none_lost_in_front():
    for _ in range(200):
        reference = new_reference()
        assert is_reference(reference)
        assert reference[0] != "0"


def test_every_wrong_digit_is_noticed():
    for reference in (new_reference() for _ in range(50)):
        for place, right in enumerate(reference):
            for wrong in set("0123456789") - {right}:
                assert not is_reference(reference[:place] + wrong + reference[place + 1 :])


def test_every_two_neighbours_that_changed_places_are_noticed():
    for reference in (new_reference() for _ in range(200)):
        for place in range(9):
            a, b = reference[place], reference[place + 1]
            if a != b:
                swapped = reference[:place] + b + a + reference[place + 2 :]
                assert not is_reference(swapped)


@pytest.mark.parametrize("text", ["", "123", "12345678901", "abcdefghij", "۱۲۳۴۵۶۷۸۹۰"])
def test_what_is_not_ten_latin_digits_is_no_tracking_code(text):
    assert not is_reference(text)


def test_a_tracking_code_is_shown_in_groups():
    assert grouped("4819273506") == "481 927 3506"


def test_a_tracking_code_is_taken_as_people_type_it():
    assert typed_reference(" ۴۸۱ ۹۲۷-۳۵۰۶\u200f") == "4819273506"
