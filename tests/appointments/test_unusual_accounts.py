"""What stands out is what the rules say, and nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments import unusual_accounts as rules
from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.unusual_accounts import (
    asked_in_vain,
    given_back,
    neighbours,
    wrong_codes,
)
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.people.models import Person, Purpose, SmsCode
from tests.build import book, make_person

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def sign_up(number, *, after=timedelta(0)):
    person = make_person(mobile=f"+98935{number:07}")
    Person.objects.filter(pk=person.pk).update(joined_at=timezone.now() + after)
    return person


def found(what):
    return what(timezone.now())


@pytest.fixture
def in_a_row():
    """Five cards of one box, in the order in which they were plugged in."""
    places = [(1_000_007, 0), (1_000_001, 10), (1_000_004, 20), (1_000_009, 30), (1_000_010, 40)]
    return [sign_up(number, after=minutes * MINUTE) for number, minutes in places]


def test_numbers_that_follow_each_other_and_signed_up_within_an_hour_are_one_series(in_a_row):
    sign_up(2_000_000)
    [series] = found(neighbours)

    assert series.how_many == 5
    assert (series.first, series.last) == (in_a_row[1], in_a_row[4])
    assert series.until - series.since == 40 * MINUTE


def test_four_are_no_series(in_a_row):
    in_a_row[4].delete()
    assert found(neighbours) == []


def test_numbers_farther_apart_are_no_neighbours(in_a_row):
    Person.objects.filter(pk=in_a_row[4].pk).update(mobile="+989351000013")
    assert found(neighbours) == []


def test_who_signed_up_an_hour_later_is_no_neighbour(in_a_row):
    late = timezone.now() + timedelta(hours=2)
    Person.objects.filter(pk=in_a_row[4].pk).update(joined_at=late)
    assert found(neighbours) == []


def test_a_series_is_shown_for_a_week(in_a_row, clock):
    clock.shift(timedelta(days=7))
    assert len(found(neighbours)) == 1
    clock.shift(timedelta(hours=1))
    assert found(neighbours) == []


def test_who_has_left_is_in_no_series(in_a_row):
    pseudonym = {"mobile": "erased:1", "erased_at": timezone.now()}
    Person.objects.filter(pk=in_a_row[2].pk).update(**pseudonym)
    assert found(neighbours) == []


def deletes(person, times, taken=0):
    for act, many in ((Act.CANCELLED_BY_CITIZEN, times), (Act.BOOKED, taken)):
        for _ in range(many):
            record(act, person, by=person, at=timezone.now())


def test_who_deletes_eight_turns_in_a_week_is_shown_with_the_last_of_them(
    sara, reza, slot, petition
):
    turn = book(sara, slot, petition)
    cancel_appointment(appointment=turn, by=sara)
    deletes(sara, 7, taken=9)
    deletes(reza, 7)

    [one] = found(given_back)
    assert (one.person, one.taken, one.deleted, one.last) == (sara, 10, 8, turn)


def test_what_was_deleted_more_than_a_week_ago_does_not_count(sara, clock):
    deletes(sara, 8)
    clock.shift(timedelta(days=7, seconds=1))
    assert found(given_back) == []


def test_who_deleted_most_comes_first_and_a_list_is_short(sara, reza, maryam, monkeypatch):
    for person, times in ((sara, 8), (reza, 10), (maryam, 9)):
        deletes(person, times)
    monkeypatch.setattr(rules, "MOST_SHOWN", 2)
    assert [each.person for each in found(given_back)] == [reza, maryam]


def test_who_had_to_wait_in_this_week_is_shown(sara, reza, clock):
    Person.objects.filter(pk=sara.pk).update(turns_paused_until=timezone.now())
    assert found(asked_in_vain) == [sara]
    clock.shift(timedelta(days=7, seconds=1))
    assert found(asked_in_vain) == []


def a_code(mobile, **changes):
    now = timezone.now()
    values = {"purpose": Purpose.SIGN_IN, "digest": "d", "made_at": now, "expires_at": now}
    return SmsCode.objects.create(mobile=mobile, **{**values, "tries": 5, **changes})


def test_a_code_that_was_wrong_each_time_is_shown_with_its_account_if_there_is_one(sara):
    of_nobody = a_code("+989120009999")
    of_sara = a_code(sara.mobile, made_at=timezone.now() + MINUTE)

    assert found(wrong_codes) == [(of_sara, sara), (of_nobody, None)]


@pytest.mark.parametrize(
    "changes", [{"tries": 4}, {"used": True}, {"made": timedelta(days=1, seconds=1)}]
)
def test_a_code_that_was_right_in_the_end_or_is_old_is_not(sara, changes):
    values = {"tries": changes.get("tries", 5)}
    if "used" in changes:
        values["used_at"] = timezone.now()
    values["made_at"] = timezone.now() - changes.get("made", timedelta(0))
    a_code(sara.mobile, **values)
    assert found(wrong_codes) == []
