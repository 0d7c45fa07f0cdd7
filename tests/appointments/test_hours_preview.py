from collections import Counter
from datetime import date, time

import pytest

from nobat.appointments.hours_preview import preview_hours
from nobat.schedule.hours import Stretch, set_weekly_hours
from nobat.schedule.models import Slot
from nobat.schedule.publish import publish_slots
from nobat.shared.jalali import hour, weekday
from tests.build import TOMORROW, book, make_hours, make_office, make_slot

SUNDAY, MONDAY = 1, 2
UNTIL_TEN = Stretch(SUNDAY, time(8), time(10), minutes=30, seats=2)


def preview(office, *hours, valid_from=TOMORROW):
    return preview_hours(office=office, valid_from=valid_from, hours=hours)


@pytest.fixture
def open_office(office):
    make_hours(office, [SUNDAY, MONDAY])  # from eight to twelve
    publish_slots()
    return office


def slot_at(office, clock_hour, day=TOMORROW):
    return Slot.objects.get(office=office, day=day, starts_at__hour=clock_hour, starts_at__minute=0)


def test_each_weekday_says_its_turns_its_seats_and_its_ends(open_office):
    afternoon = Stretch(SUNDAY, time(14), time(15, 10), minutes=20, seats=1)

    found = preview(open_office, UNTIL_TEN, afternoon)

    assert found.week[SUNDAY] == (SUNDAY, 7, 11, time(8), time(15))
    assert found.week[MONDAY] == (MONDAY, 0, 0, None, None)
    assert found.week_now[MONDAY] == (MONDAY, 8, 16, time(8), time(12))


def test_the_turns_are_those_that_are_published_then(bahram, open_office):
    hours = [Stretch(day, time(8), time(11, 50), minutes=25, seats=2) for day in range(7)]
    foretold = {day.weekday: day.turns for day in preview(open_office, *hours).week}

    set_weekly_hours(office=open_office, valid_from=TOMORROW, hours=hours, by=bahram)

    week = (TOMORROW, date(2026, 5, 9))
    slots = Slot.objects.filter(offered__gt=0).between(*week)
    assert Counter(weekday(slot.day) for slot in slots) == foretold


def test_who_stands_outside_of_the_new_hours_is_named_and_nobody_else(
    sara, reza, open_office, petition
):
    stays = book(sara, slot_at(open_office, 9), petition)
    falls_out = book(reza, slot_at(open_office, 11), petition)

    found = preview(open_office, UNTIL_TEN)

    assert found.falling_out == [falls_out]
    assert stays not in found.falling_out


def test_another_length_of_turn_lets_turns_fall_out_that_begin_at_the_same_hour(
    sara, open_office, petition
):
    appointment = book(sara, slot_at(open_office, 9), petition)

    assert preview(open_office, UNTIL_TEN._replace(minutes=20)).falling_out == [appointment]


def test_two_turns_in_a_row_fall_out_with_one_of_them(sara, open_office, petition):
    appointment = book(sara, slot_at(open_office, 9), petition, cases=4)

    assert preview(open_office, UNTIL_TEN._replace(closes_at=time(9, 30))).falling_out == [
        appointment
    ]


def test_fewer_seats_than_are_taken_are_counted(sara, reza, open_office, petition):
    for citizen in (sara, reza):
        book(citizen, slot_at(open_office, 9), petition)

    found = preview(open_office, UNTIL_TEN._replace(seats=1))

    assert [(hour(each.starts_at), each.taken, each.seats) for each in found.crowded] == [
        ("۰۹:۰۰", 2, 1)
    ]
    assert found.falling_out == []


def test_days_before_the_new_hours_and_after_the_next_change_are_left_out(
    sara, open_office, petition
):
    book(sara, slot_at(open_office, 11), petition)
    make_hours(open_office, [SUNDAY], valid_from=date(2026, 5, 17))
    book(sara, slot_at(open_office, 11, day=date(2026, 5, 17)), petition)

    found = preview(open_office, UNTIL_TEN, valid_from=date(2026, 5, 4))

    assert found.falling_out == []
    assert found.holds_until == date(2026, 5, 16)


def test_appointments_of_other_offices_do_not_count(sara, open_office, petition):
    book(sara, make_slot(make_office("1022", services=[petition]), "11:00"), petition)

    assert preview(open_office, UNTIL_TEN).falling_out == []


def test_it_takes_two_statements(sara, open_office, petition, django_assert_num_queries):
    book(sara, slot_at(open_office, 11), petition)

    with django_assert_num_queries(2):
        [appointment] = preview(open_office, UNTIL_TEN).falling_out
        assert (appointment.citizen, appointment.service) == (sara, petition)
