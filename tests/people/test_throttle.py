from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from nobat.people import throttle
from nobat.people.models import Throttle
from nobat.people.throttle import Limit, TooOften
from tests.at_once import at_once

NOW = datetime(2026, 5, 2, 4, 30, tzinfo=UTC)  # 08:00 in Tehran
THREE_AN_HOUR = Limit("tries", 3, timedelta(hours=1), "سه بار شد.")
TEN_A_DAY = Limit("tries", 10, timedelta(days=1), "ده بار شد.")
HOUR = timedelta(hours=1)


def try_it(about="sara", now=NOW, limits=(THREE_AN_HOUR,)):
    throttle.count_within([(limit, about) for limit in limits], now)


@pytest.mark.django_db
def test_as_many_tries_as_the_limit_says_and_not_one_more():
    for _ in range(3):
        try_it()

    with pytest.raises(TooOften):
        try_it()


@pytest.mark.django_db
def test_one_persons_tries_are_not_anothers():
    for _ in range(3):
        try_it("sara")

    try_it("reza")


@pytest.mark.django_db
def test_when_the_stretch_of_time_is_over_counting_begins_anew():
    for _ in range(3):
        try_it()

    try_it(now=NOW + HOUR)


@pytest.mark.django_db
def test_the_refusal_says_from_when_on():
    for _ in range(3):
        try_it()

    with pytest.raises(TooOften) as refusal:
        try_it()

    assert refusal.value.until == NOW + timedelta(minutes=30)  # the hour of UTC ends
    assert "۰۸:۳۰" in refusal.value.message


@pytest.mark.django_db
def test_a_limit_that_ends_on_another_day_names_the_day():
    for _ in range(10):
        try_it(limits=[TEN_A_DAY])

    with pytest.raises(TooOften) as refusal:
        try_it(limits=[TEN_A_DAY])

    assert "یکشنبه ۱۳ اردیبهشت ساعت ۰۳:۳۰" in refusal.value.message


@pytest.mark.django_db
def test_each_of_several_limits_holds():
    for _ in range(3):
        try_it(limits=[THREE_AN_HOUR, TEN_A_DAY])
    for hours in range(1, 8):
        try_it(limits=[THREE_AN_HOUR, TEN_A_DAY], now=NOW + hours * HOUR)

    with pytest.raises(TooOften, match="ده بار"):
        try_it(limits=[THREE_AN_HOUR, TEN_A_DAY], now=NOW + 8 * HOUR)


@pytest.mark.django_db
def test_several_limits_are_counted_in_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        try_it(limits=[THREE_AN_HOUR, TEN_A_DAY])


@pytest.mark.django_db
def test_looking_does_not_count():
    try_it()

    assert throttle.so_far(THREE_AN_HOUR, "sara", NOW) == 1
    assert throttle.so_far(THREE_AN_HOUR, "sara", NOW) == 1
    assert throttle.so_far(THREE_AN_HOUR, "reza", NOW) == 0


@pytest.mark.django_db
def test_what_is_forgotten_begins_anew():
    for _ in range(3):
        try_it()
    throttle.forget(THREE_AN_HOUR, "sara")

    try_it()


@pytest.mark.django_db
def test_no_number_or_address_is_kept_in_clear():
    try_it("+989120000001")

    assert "9120000001" not in Throttle.objects.get().key


@pytest.mark.django_db(transaction=True)
def test_tries_of_the_same_moment_are_all_counted():
    answers = at_once([try_it] * 20)

    assert answers.count(None) == 3
    assert answers.count("TooOften") == 17


@pytest.mark.django_db
def test_what_one_limit_refuses_is_not_held_against_the_others():
    a_day = (TEN_A_DAY, "reza")
    for _ in range(8):
        with suppress(TooOften):
            throttle.count_within([(THREE_AN_HOUR, "an address"), a_day], NOW)

    assert throttle.so_far(*a_day, NOW) == 3


@pytest.mark.django_db
def test_a_refusal_by_two_limits_names_the_later_end():
    two = (THREE_AN_HOUR, TEN_A_DAY._replace(most=3))
    for _ in range(3):
        try_it(limits=two)

    with pytest.raises(TooOften, match="ده بار"):
        try_it(limits=two)


@pytest.mark.django_db(transaction=True)
def test_refusals_at_the_same_moment_give_back_what_they_took():
    def ask():
        throttle.count_within([(THREE_AN_HOUR, "an address"), (TEN_A_DAY, "reza")], NOW)

    assert at_once([ask] * 20).count(None) == 3
    assert throttle.so_far(TEN_A_DAY, "reza", NOW) == 3
