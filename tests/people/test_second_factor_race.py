"""A hundred guesses at a second factor, or the right code twice, in the same moment."""

import pytest
from django.utils import timezone

from nobat.people.models import RecoveryCode, SecondFactor
from nobat.people.second_factor import (
    begin_set_up,
    code_at,
    confirm_set_up,
    secret_in,
    tries_of,
    use_code,
    use_recovery_code,
)
from tests.at_once import at_once
from tests.build import SECOND_FACTOR, confirm_second_factor, make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clerk():
    return make_person("مریم", "حسینی", mobile="+989120000003")


def use_of(clerk, digits):
    return lambda: use_code(person=clerk, tries=tries_of(clerk), digits=digits)


def test_of_a_hundred_guesses_at_once_five_are_looked_at(clerk):
    confirm_second_factor(clerk)

    guesses = [use_of(clerk, f"{n:06}") for n in range(20)]
    answers = [answer for _ in range(5) for answer in at_once(guesses)]

    assert answers.count("WrongSecondFactor") == 5
    assert answers.count("TooOften") == 95


def test_the_right_code_used_at_once_lets_in_once(clerk):
    confirm_second_factor(clerk)
    right = code_at(SECOND_FACTOR, timezone.now())

    answers = at_once([use_of(clerk, right)] * 2)

    assert sorted(map(str, answers)) == ["WrongSecondFactor", str(clerk)]


def test_a_code_on_paper_used_at_once_lets_in_once(clerk):
    [code, *_] = confirm_second_factor(clerk)

    def use():
        return use_recovery_code(person=clerk, tries=tries_of(clerk), digits=code)

    answers = at_once([use] * 5)

    assert answers.count(clerk) == 1
    assert RecoveryCode.objects.filter(used_at__isnull=False).count() == 1


def test_a_set_up_confirmed_twice_at_once_has_ten_codes_for_paper(clerk):
    sealed = begin_set_up(person=clerk)
    digits = code_at(secret_in(sealed), timezone.now())

    def confirm():
        return len(confirm_set_up(person=clerk, sealed=sealed, digits=digits))

    assert sorted(map(str, at_once([confirm] * 3))) == ["10"] + ["SetUpBegunElsewhere"] * 2
    assert RecoveryCode.objects.count() == 10


def test_set_ups_begun_at_once_leave_one_secret(clerk):
    at_once([lambda: begin_set_up(person=clerk)] * 5)

    assert SecondFactor.objects.count() == 1


def test_of_a_hundred_guesses_at_codes_on_paper_five_are_looked_at(clerk):
    confirm_second_factor(clerk)

    def guess(digits):
        return lambda: use_recovery_code(person=clerk, tries=tries_of(clerk), digits=digits)

    guesses = [guess(f"{n:010}") for n in range(20)]
    answers = [answer for _ in range(5) for answer in at_once(guesses)]

    assert answers.count("WrongRecoveryCode") == 5
    assert answers.count("TooOften") == 95
