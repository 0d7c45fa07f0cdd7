import pytest

from nobat.appointments import policy
from nobat.appointments.rule_words import WORDS, range_in_words, rule_in_words, with_unit


def test_every_rule_has_its_words():
    assert set(WORDS) == set(policy.RANGES)


@pytest.mark.parametrize("name", WORDS)
def test_the_sentence_says_the_number(name):
    assert with_unit(name, 4) in rule_in_words(name, 4)


def test_turns_and_cases_are_counted_in_words_and_time_in_digits():
    assert rule_in_words("cases_per_turn", 3) == "هر نوبت برای سه پرونده است"
    assert with_unit("booking_horizon", 30) == "۳۰ روز"
    assert with_unit("late_after", 15) == "۱۵ دقیقه"


def test_a_range_names_its_unit():
    assert range_in_words("first_bookable_day") == "از ۱ تا ۷ روز"
