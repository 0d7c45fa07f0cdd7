from datetime import timedelta

import pytest

from nobat.schedule.models import Slot
from nobat.schedule.nearest_free import nearest_free
from nobat.shared.jalali import hour
from tests.build import TOMORROW, make_office, make_slot

LAST = TOMORROW + timedelta(days=29)


def around(slot, *, turns=1, count=6):
    return nearest_free(
        slot.office, wanted=slot.starts_at, turns=turns, first=TOMORROW, last=LAST, count=count
    )


def hours(found):
    return [hour(each.starts_at) for each in found]


@pytest.fixture
def full(office):
    """Ten o'clock, taken."""
    slot = make_slot(office, "10:00")
    Slot.objects.filter(pk=slot.pk).update(taken=1)
    return slot


def test_the_nearest_hours_come_in_their_order(office, full):
    for each in ("08:00", "09:00", "10:30", "11:00", "13:00"):
        make_slot(office, each)
    assert hours(around(full, count=3)) == ["۰۹:۰۰", "۱۰:۳۰", "۱۱:۰۰"]


def test_hours_of_the_same_day_come_before_nearer_ones_of_the_next(office):
    wanted = make_slot(office, "23:00")
    Slot.objects.update(offered=0)
    make_slot(office, "08:00")
    make_slot(office, "00:30", day=TOMORROW + timedelta(days=1))
    assert hours(around(wanted, count=1)) == ["۰۸:۰۰"]
    assert hours(around(wanted)) == ["۰۸:۰۰", "۰۰:۳۰"]


def test_only_free_hours_of_this_office_on_days_that_can_be_booked(office, full):
    make_slot(office, "10:30", day=TOMORROW - timedelta(days=1))
    make_slot(office, "10:30", day=LAST + timedelta(days=1))
    make_slot(make_office("1022"), "10:30")
    assert around(full) == []


def test_three_cases_get_two_free_hours_in_a_row(office, full):
    for each in ("08:00", "09:00", "09:30", "11:00", "11:30", "12:00"):
        make_slot(office, each)
    found = around(full, turns=2)
    assert hours(found) == ["۰۹:۰۰", "۱۱:۰۰", "۱۱:۳۰"]
    assert [each.ends_at - each.starts_at for each in found] == [timedelta(hours=1)] * 3


def test_two_in_a_row_may_begin_before_the_wanted_hour(office):
    make_slot(office, "09:30")
    wanted = make_slot(office, "10:00")
    assert hours(around(wanted, turns=2)) == ["۰۹:۳۰"]


def test_of_two_in_a_row_the_fuller_one_says_how_many_fit(office, full):
    make_slot(office, "11:00", capacity=3)
    make_slot(office, "11:30", capacity=2)
    assert [each.seats for each in around(full, turns=2)] == [2]


def test_it_takes_two_statements_however_many_hours_there_are(
    office, full, django_assert_num_queries
):
    for each in ("08:00", "09:00", "11:00"):
        make_slot(office, each)
    full.office = office
    with django_assert_num_queries(2):
        around(full)
