from datetime import date, timedelta

import pytest

from nobat.appointments import set_holiday as act
from nobat.appointments.models import Status
from nobat.appointments.set_holiday import (
    AlreadyHoliday,
    MoreAreTouched,
    MovedMeanwhile,
    NoTitle,
    SameDay,
    move_holiday,
    set_holiday,
)
from nobat.appointments.touched_by_holiday import touched_by_holiday
from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.schedule.decide_holiday import NoSuchHoliday, TooLateToDecide
from nobat.schedule.holidays import import_holidays
from nobat.schedule.models import Holiday, HolidayKind, Slot, WorkingDay
from nobat.schedule.publish import publish_slots
from tests.build import TOMORROW, book, make_hours

TODAY = date(2026, 5, 2)
DAY = timedelta(days=1)
AFTER = TOMORROW + DAY


@pytest.fixture
def published(office):
    make_hours(office, range(7))
    publish_slots()


@pytest.fixture
def eid(published):
    """Estimated for tomorrow: its slots were never made."""
    Slot.objects.filter(day=TOMORROW).delete()
    return Holiday.objects.create(
        day=TOMORROW, title="عید سعید قربان", kind=HolidayKind.LUNAR, is_estimated=True
    )


@pytest.fixture
def appointment(sara, published, petition):
    """Sara's, on the day after tomorrow."""
    return book(sara, Slot.objects.filter(day=AFTER).earliest("starts_at"), petition)


def make(by, **asked):
    values = {"day": AFTER, "title": "سوگواری همگانی", "kind": HolidayKind.DECREED}
    values |= {"seen": touched_by_holiday(values["day"]).version} | asked
    return set_holiday(by=by, **values)


def shift(holiday, by, **asked):
    values = {"was": TOMORROW, "to": AFTER} | asked
    values = {"seen": touched_by_holiday(values["to"]).version} | values
    return move_holiday(holiday_id=holiday.pk, by=by, **values)


def open_slots(day):
    return Slot.objects.filter(day=day, is_open=True).count()


# ----------------------------------------------------------------------- setting


def test_a_new_holiday_closes_its_slots_and_displaces_who_stands_on_it(appointment, dr_karimi):
    outcome = make(dr_karimi)

    assert (outcome.displaced, outcome.left) == (1, 0)
    appointment.refresh_from_db()
    assert (appointment.status, appointment.reason) == (Status.DISPLACED, "سوگواری همگانی")
    assert open_slots(AFTER) == 0
    holiday = Holiday.objects.get(day=AFTER)
    assert (holiday.decided_by, holiday.is_estimated) == (dr_karimi, False)
    entry = JournalEntry.objects.get(act=Act.HOLIDAY_SET)
    assert entry.details == {"day": "2026-05-04", "title": "سوگواری همگانی", "kind": "decreed"}


def test_who_booked_after_the_look_is_seen_before_anything_happens(appointment, dr_karimi):
    with pytest.raises(MoreAreTouched):
        make(dr_karimi, seen="")

    appointment.refresh_from_db()
    assert appointment.status == Status.BOOKED
    assert not Holiday.objects.filter(day=AFTER).exists()
    assert open_slots(AFTER) == 8
    assert not JournalEntry.objects.filter(act=Act.HOLIDAY_SET).exists()


def test_pressed_twice_it_is_one_holiday_and_the_rest_is_done(appointment, dr_karimi, monkeypatch):
    monkeypatch.setattr(act, "AT_ONCE", 0)
    first = make(dr_karimi)
    assert (first.displaced, first.left) == (0, 1)
    monkeypatch.setattr(act, "AT_ONCE", 10)

    second = make(dr_karimi)

    assert (second.holiday, second.displaced) == (first.holiday, 1)
    assert JournalEntry.objects.filter(act=Act.HOLIDAY_SET).count() == 1


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"day": TODAY}, TooLateToDecide),
        ({"day": TODAY - DAY}, TooLateToDecide),
        ({"title": " \u200c "}, NoTitle),
        ({"day": TOMORROW}, AlreadyHoliday),
    ],
)
def test_what_cannot_be_is_refused(eid, dr_karimi, asked, refusal):
    with pytest.raises(refusal):
        make(dr_karimi, **asked)
    assert Holiday.objects.count() == 1


def test_a_day_that_was_freed_can_become_a_holiday_again(published, dr_karimi):
    WorkingDay.objects.create(
        day=AFTER, title="عید", decided_by=dr_karimi, decided_at="2026-05-01T00:00Z"
    )
    make(dr_karimi)
    assert not WorkingDay.objects.exists()


# ------------------------------------------------------------------------ moving


def test_a_moved_holiday_gives_the_old_day_back_and_takes_the_new_one(eid, appointment, dr_karimi):
    outcome = shift(eid, dr_karimi)

    assert (outcome.holiday.day, outcome.displaced) == (AFTER, 1)
    assert (open_slots(TOMORROW), open_slots(AFTER)) == (8, 0)
    appointment.refresh_from_db()
    assert (appointment.status, appointment.reason) == (Status.DISPLACED, "عید سعید قربان")
    eid.refresh_from_db()
    assert (eid.is_estimated, eid.decided_by) == (False, dr_karimi)
    entry = JournalEntry.objects.get(act=Act.HOLIDAY_MOVED)
    assert entry.details == {
        "title": "عید سعید قربان",
        "day": "2026-05-03",
        "to": "2026-05-04",
    }


def test_the_calendar_does_not_bring_back_the_day_from_which_it_moved(published, dr_karimi):
    import_holidays(years=[2026])
    estimated = Holiday.objects.filter(day__gt=AFTER, kind=HolidayKind.LUNAR).first()
    was = estimated.day

    shift(estimated, dr_karimi, was=was, to=was - DAY)
    import_holidays(years=[2026])

    assert not Holiday.objects.filter(day=was).exists()
    assert Holiday.objects.get(day=was - DAY) == estimated


def test_moved_back_again_it_is_where_it_was(eid, published, dr_karimi):
    shift(eid, dr_karimi)
    shift(eid, dr_karimi, was=AFTER, to=TOMORROW)

    assert Holiday.objects.get().day == TOMORROW
    assert WorkingDay.objects.get().day == AFTER
    assert (open_slots(TOMORROW), open_slots(AFTER)) == (0, 8)


def test_who_is_touched_without_having_been_seen_stops_the_move(eid, appointment, dr_karimi):
    with pytest.raises(MoreAreTouched):
        shift(eid, dr_karimi, seen="")

    eid.refresh_from_db()
    assert (eid.day, eid.is_estimated) == (TOMORROW, True)
    assert open_slots(AFTER) == 8


def test_two_who_move_it_at_once_do_not_both(eid, published, dr_karimi):
    shift(eid, dr_karimi)
    with pytest.raises(MovedMeanwhile):
        shift(eid, dr_karimi, to=AFTER + DAY)


def test_the_same_move_again_is_no_second_one(eid, published, dr_karimi):
    shift(eid, dr_karimi)
    again = shift(eid, dr_karimi)

    assert again.holiday.day == AFTER
    assert JournalEntry.objects.filter(act=Act.HOLIDAY_MOVED).count() == 1


@pytest.mark.parametrize(
    ("to", "refusal"),
    [
        (TOMORROW, SameDay),
        (TODAY, TooLateToDecide),
        (AFTER + DAY, AlreadyHoliday),
    ],
)
def test_where_it_cannot_go_it_does_not(eid, dr_karimi, to, refusal):
    Holiday.objects.create(day=AFTER + DAY, title="عید دیگر")
    with pytest.raises(refusal):
        shift(eid, dr_karimi, to=to)
    eid.refresh_from_db()
    assert eid.day == TOMORROW


def test_a_holiday_of_today_stays(published, dr_karimi):
    today = Holiday.objects.create(day=TODAY, title="عید")
    with pytest.raises(TooLateToDecide):
        shift(today, dr_karimi, was=TODAY)


def test_one_that_is_gone_cannot_move(eid, dr_karimi):
    eid.delete()
    eid.pk = 999
    with pytest.raises(NoSuchHoliday):
        shift(eid, dr_karimi)
