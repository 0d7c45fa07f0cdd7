from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.book import TooManyAppointments, TooManyCases
from nobat.appointments.models import Appointment
from nobat.appointments.policy import Rules
from nobat.appointments.rules import Rule
from nobat.visits.day_list import day_list
from nobat.visits.integrity import findings
from tests.build import TOMORROW, book, make_rule, make_slot, miss

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 2)
DAY = timedelta(days=1)


def broken():
    with connection.cursor() as cursor:
        return {each.sentence: each.examples for each in findings(cursor) if each.rows}


# ----------------------------------------------------------------------- reading


def test_until_somebody_sets_another_number_the_defaults_hold():
    assert policy.rules_on(TODAY) == Rules()
    assert (Rules().turns_for(2), Rules().turns_for(3), Rules().most_cases) == (1, 2, 4)


def test_a_number_holds_from_its_day_until_the_next_one_begins(dr_karimi):
    make_rule("week_without_booking", 3, by=dr_karimi, valid_from=TOMORROW)
    make_rule("week_without_booking", 14, by=dr_karimi, valid_from=TOMORROW + 10 * DAY)

    days = (TODAY, TOMORROW, TOMORROW + 9 * DAY, TOMORROW + 10 * DAY)
    weeks = [policy.rules_on(day).week_without_booking.days for day in days]
    assert weeks == [7, 3, 3, 14]


def test_minutes_are_minutes_and_days_are_days(dr_karimi):
    make_rule("late_after", 20, by=dr_karimi)
    make_rule("first_bookable_day", 2, by=dr_karimi)

    rules = policy.rules_on(TOMORROW)
    assert (rules.late_after, rules.first_bookable_day) == (timedelta(minutes=20), 2 * DAY)


def test_each_rule_has_a_range_that_holds_its_default():
    assert set(policy.RANGES) == set(Rules._fields)
    for name, (low, high, unit) in policy.RANGES.items():
        default = getattr(Rules(), name)
        assert low <= policy.RANGES[name].number_of(default) <= high
        assert policy.RANGES[name].counted(low) == (low if unit is None else low * unit)


def test_the_table_is_read_once_in_some_seconds(dr_karimi, clock, django_assert_num_queries):
    make_rule("late_after", 20, by=dr_karimi)
    with django_assert_num_queries(1):
        for _ in range(3):
            policy.rules_on(TOMORROW)
            policy.turns_for(2, TOMORROW)
    Rule.objects.update(value=30)
    clock.shift(timedelta(seconds=6))
    assert policy.rules_on(TOMORROW).late_after == timedelta(minutes=30)


def test_how_many_turns_cases_take_is_found_out_again_in_some_seconds(dr_karimi, clock):
    make_rule("cases_per_turn", 3, by=dr_karimi)
    assert policy.turns_for(4, TOMORROW) == 2
    Rule.objects.update(value=4)
    clock.shift(timedelta(seconds=6))
    assert policy.turns_for(4, TOMORROW) == 1


def test_a_name_that_no_rule_has_is_passed_over(dr_karimi):
    Rule.objects.create(
        name="gone", value=1, valid_from=TODAY, why="", set_by=dr_karimi, set_at=timezone.now()
    )
    assert policy.rules_on(TODAY) == Rules()


def test_the_days_that_can_be_booked_are_judged_by_today(dr_karimi):
    make_rule("booking_horizon", 10, by=dr_karimi)

    assert policy.bookable_days(TODAY) == (TOMORROW, TODAY + 30 * DAY)
    assert policy.bookable_days(TOMORROW) == (TOMORROW + DAY, TOMORROW + 10 * DAY)


# --------------------------------------------------- judged by the day of the turn


def test_nobody_can_foresee_when_a_seat_comes_back():
    now, (soonest, latest) = timezone.now(), policy.SEAT_COMES_BACK_AFTER
    after = [policy.seat_comes_back_at(now) - now for _ in range(200)]

    assert all(soonest <= each <= latest for each in after)
    assert len(set(after)) == 200
    assert max(after) - min(after) > (latest - soonest) / 2


def test_how_many_turns_a_day_may_have_is_asked_of_the_day_of_the_turn(
    sara, office, petition, dr_karimi
):
    make_rule("turns_per_office_and_day", 1, by=dr_karimi, valid_from=TOMORROW + DAY)
    for hour in ("08:00", "09:00"):
        book(sara, make_slot(office, hour), petition)
    book(sara, make_slot(office, "08:00", day=TOMORROW + DAY), petition)

    with pytest.raises(TooManyAppointments):
        book(sara, make_slot(office, "09:00", day=TOMORROW + DAY), petition)


def test_how_many_cases_a_turn_is_for_is_asked_of_the_day_of_the_turn(
    sara, reza, office, petition, dr_karimi
):
    make_rule("cases_per_turn", 3, by=dr_karimi, valid_from=TOMORROW + DAY)
    make_slot(office, "10:30")

    tomorrow = book(sara, make_slot(office, "10:00"), petition, cases=3)
    after = book(sara, make_slot(office, "10:00", day=TOMORROW + DAY), petition, cases=3)

    assert (len(tomorrow.slot_ids), len(after.slot_ids)) == (2, 1)
    with pytest.raises(TooManyCases, match="برای سه پرونده است و دو نوبت پشت هم برای شش پرونده"):
        book(reza, make_slot(office, "11:00", day=TOMORROW + DAY), petition, cases=7)
    with pytest.raises(TooManyCases, match="برای دو پرونده است"):
        book(reza, make_slot(office, "11:00"), petition, cases=5)
    assert broken() == {}


def test_the_week_without_booking_is_that_of_the_missed_day(
    sara, slot, office, petition, dr_karimi
):
    make_rule("week_without_booking", 3, by=dr_karimi, valid_from=TOMORROW + DAY)
    week = miss(book(sara, slot, petition))
    assert week.until - week.starts_at == timedelta(days=7)

    week.delete()
    Appointment.objects.all().delete()
    short = miss(book(sara, make_slot(office, "10:00", day=TOMORROW + DAY), petition))
    assert short.until - short.starts_at == timedelta(days=3)


def test_who_is_late_is_asked_of_the_day(sara, slot, office, petition, dr_karimi, clock):
    make_rule("late_after", 40, by=dr_karimi)
    appointment = book(sara, slot, petition)
    now = appointment.starts_at + timedelta(minutes=30)
    clock.move_to(now)

    assert day_list(office, TOMORROW, now).late == 0


# ---------------------------------------------------------------- counted again


def test_what_was_agreed_under_an_earlier_rule_breaks_nothing(
    sara, office, petition, dr_karimi, clock
):
    for hour in ("08:00", "09:00"):
        book(sara, make_slot(office, hour, day=TOMORROW + DAY), petition)
    make_slot(office, "11:30", day=TOMORROW + DAY)
    book(dr_karimi, make_slot(office, "11:00", day=TOMORROW + DAY), petition, cases=4)
    clock.shift(timedelta(minutes=1))
    make_rule("turns_per_office_and_day", 1, by=dr_karimi)
    make_rule("cases_per_turn", 1, by=dr_karimi)

    assert broken() == {}


def test_what_was_agreed_against_the_rule_of_its_day_is_found(
    sara, reza, office, petition, dr_karimi, clock
):
    make_rule("turns_per_office_and_day", 1, by=dr_karimi)
    clock.shift(timedelta(minutes=1))
    mine = book(sara, make_slot(office, "08:00"), petition)
    other = book(reza, make_slot(office, "09:00"), petition)
    Appointment.objects.filter(pk=other.pk).update(citizen=sara)

    sentence = "no more turns of a citizen at one office on one day than its rule allows"
    assert broken() == {sentence: [mine.pk]}


def test_more_cases_than_its_turns_are_for_are_found(sara, slot, petition):
    appointment = book(sara, slot, petition)
    Appointment.objects.filter(pk=appointment.pk).update(cases=3)

    sentence = "an appointment takes as many turns as the rule of its day says"
    assert broken() == {sentence: [appointment.pk]}


# ------------------------------------------------------------------ constraints


def test_a_rule_has_one_number_for_a_day(dr_karimi):
    make_rule("late_after", 20, by=dr_karimi)
    values = {"set_by": dr_karimi, "set_at": timezone.now(), "why": "دوباره"}
    with pytest.raises(IntegrityError, match="one_number_per_rule_and_day"):
        Rule.objects.create(name="late_after", value=25, valid_from=TOMORROW, **values)


def test_the_database_knows_the_number_of_a_day_too(dr_karimi):
    make_rule("cases_per_turn", 3, by=dr_karimi)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rule_on('cases_per_turn', %s, 2), rule_on('cases_per_turn', %s, 2)",
            [TODAY, TOMORROW],
        )
        assert cursor.fetchone() == (2, 3)
