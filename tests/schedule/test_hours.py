from datetime import date, time

import pytest

from nobat.journal.models import JournalEntry
from nobat.schedule.hours import (
    HoursFromTooEarly,
    HoursOverlap,
    HoursTooShort,
    NoHours,
    StandingHours,
    Stretch,
    TurnOutOfRange,
    hours_on,
    set_weekly_hours,
    turns_of,
    week_on,
    weekdays_since,
)
from nobat.schedule.models import Slot, WeeklyHours
from nobat.schedule.publish import publish_slots
from tests.build import TOMORROW, book, make_hours

SUNDAY, MONDAY = 1, 2
EIGHT_TO_TEN = Stretch(SUNDAY, time(8), time(10), minutes=30, seats=2)


def rows_of(office):
    return list(WeeklyHours.objects.filter(office=office))


def set_hours(office, by, *hours, valid_from=TOMORROW):
    set_weekly_hours(office=office, valid_from=valid_from, hours=hours, by=by)


def test_the_week_of_a_day_is_the_latest_that_has_begun(office):
    make_hours(office, [SUNDAY, MONDAY])
    make_hours(office, [SUNDAY], valid_from=date(2026, 5, 10), opens_at=time(10))

    rows = rows_of(office)

    assert len(week_on(rows, date(2026, 5, 9))) == 2
    assert len(week_on(rows, date(2026, 5, 10))) == 1
    assert [row.opens_at for row in hours_on(rows, date(2026, 5, 10))] == [time(10)]
    assert hours_on(rows, date(2026, 5, 11)) == []  # a Monday of the new week


def test_before_its_first_week_an_office_has_no_hours(office):
    make_hours(office, [SUNDAY], valid_from=date(2026, 5, 10))

    assert week_on(rows_of(office), TOMORROW) == []


def test_turns_follow_each_other_and_what_is_left_at_the_end_is_no_turn():
    stretch = Stretch(SUNDAY, time(8), time(9, 10), minutes=30, seats=2)

    assert list(turns_of(stretch)) == [(time(8), time(8, 30)), (time(8, 30), time(9))]


def test_setting_hours_publishes_their_slots(maryam, office):
    set_hours(office, maryam, EIGHT_TO_TEN)

    assert Slot.objects.filter(office=office, day=TOMORROW, offered=2).count() == 4


def test_setting_hours_for_the_same_day_again_replaces_them(maryam, office):
    set_hours(office, maryam, EIGHT_TO_TEN)
    set_hours(office, maryam, EIGHT_TO_TEN._replace(closes_at=time(9)))

    assert WeeklyHours.objects.filter(office=office).count() == 1
    assert Slot.objects.filter(office=office, day=TOMORROW, is_open=True).count() == 2


def test_earlier_weeks_stay_written_down(maryam, office):
    set_hours(office, maryam, EIGHT_TO_TEN)
    set_hours(office, maryam, EIGHT_TO_TEN, valid_from=date(2026, 5, 10))

    assert WeeklyHours.objects.filter(office=office).count() == 2


def test_changed_hours_leave_who_has_a_turn_alone(maryam, sara, office, petition):
    make_hours(office, [SUNDAY])
    publish_slots()
    slot = Slot.objects.get(office=office, day=TOMORROW, starts_at__hour=11, starts_at__minute=0)
    appointment = book(sara, slot, petition)

    set_hours(office, maryam, EIGHT_TO_TEN)

    slot.refresh_from_db()
    assert (slot.taken, slot.offered, slot.starts_at) == (1, 0, appointment.starts_at)


def test_the_journal_says_who_set_which_hours(maryam, office):
    set_hours(office, maryam, EIGHT_TO_TEN)

    entry = JournalEntry.objects.get(act="hours_set")
    assert entry.subject == f"offices.Office:{office.pk}"
    assert entry.by == f"people.Person:{maryam.pk}"
    assert entry.details == {
        "valid_from": "2026-05-03",
        "hours": [[SUNDAY, "08:00", "10:00", 30, 2]],
    }


@pytest.mark.parametrize(
    ("refusal", "hours"),
    [
        (NoHours, []),
        (HoursOverlap, [EIGHT_TO_TEN, EIGHT_TO_TEN._replace(opens_at=time(9, 30))]),
        (HoursOverlap, [EIGHT_TO_TEN, EIGHT_TO_TEN]),
        (HoursTooShort, [EIGHT_TO_TEN._replace(closes_at=time(8, 29))]),
        (HoursTooShort, [EIGHT_TO_TEN._replace(closes_at=time(7))]),
        (TurnOutOfRange, [EIGHT_TO_TEN._replace(minutes=4)]),
        (TurnOutOfRange, [EIGHT_TO_TEN._replace(minutes=241, closes_at=time(20))]),
        (TurnOutOfRange, [EIGHT_TO_TEN._replace(seats=0)]),
        (TurnOutOfRange, [EIGHT_TO_TEN._replace(seats=201)]),
    ],
)
def test_an_impossible_week_is_refused_and_nothing_changes(maryam, office, refusal, hours):
    make_hours(office, [MONDAY])

    with pytest.raises(refusal):
        set_hours(office, maryam, *hours)

    assert [row.weekday for row in rows_of(office)] == [MONDAY]
    assert not JournalEntry.objects.exists()


def test_stretches_that_touch_do_not_overlap(maryam, office):
    later = EIGHT_TO_TEN._replace(opens_at=time(10), closes_at=time(12))

    set_hours(office, maryam, later, EIGHT_TO_TEN)

    assert Slot.objects.filter(office=office, day=TOMORROW).count() == 8


def test_hours_of_two_weekdays_do_not_overlap(maryam, office):
    set_hours(office, maryam, EIGHT_TO_TEN, EIGHT_TO_TEN._replace(weekday=MONDAY))

    assert WeeklyHours.objects.filter(office=office).count() == 2


def test_new_hours_never_begin_today(maryam, office):
    with pytest.raises(HoursFromTooEarly):
        set_hours(office, maryam, EIGHT_TO_TEN, valid_from=date(2026, 5, 2))


def standing(valid_from, weekday, opens_at=8):
    return StandingHours(valid_from, weekday, time(opens_at), time(opens_at + 2), 30, 1)


def test_the_weekdays_of_an_office_are_those_of_its_latest_week():
    spring, june = date(2026, 3, 21), date(2026, 6, 1)
    rows = (standing(spring, MONDAY), standing(june, 0), standing(june, 4), standing(june, 0, 14))

    assert weekdays_since(rows) == [(june, {0, 4}), (spring, {MONDAY})]
    assert weekdays_since(()) == []
