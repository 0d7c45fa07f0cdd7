from datetime import date, time, timedelta

import pytest

from nobat.appointments import policy
from nobat.appointments.cancel import cancel_appointment
from nobat.offices.models import OfficeStatus
from nobat.schedule.models import Closure, Holiday, Slot, WeeklyHours
from nobat.schedule.publish import PUBLISHED_AHEAD, Published, publish_slots, publish_slots_ahead
from nobat.shared.jalali import FRIDAY, from_jalali, hour, weekday
from tests.build import TOMORROW, book, make_hours, make_office

SATURDAY_TO_WEDNESDAY = [0, 1, 2, 3, 4]
THURSDAY = 5


def hours_of(office, day=TOMORROW):
    """What is offered on a day, as «۰۹:۰۰ تا ۰۹:۳۰» and seats."""
    slots = Slot.objects.filter(office=office, day=day, offered__gt=0).order_by("starts_at")
    return [(f"{hour(s.starts_at)} تا {hour(s.ends_at)}", s.offered) for s in slots]


def days_of(office):
    return set(Slot.objects.filter(office=office, offered__gt=0).values_list("day", flat=True))


def change_hours(office, **fields):
    WeeklyHours.objects.filter(office=office).update(**fields)
    publish_slots()


def test_slots_fill_the_hours_from_opening_to_closing(office):
    make_hours(office, [1], opens_at=time(8, 15), closes_at=time(10), minutes=30, seats=2)

    publish_slots()

    # A quarter of an hour before closing no turn begins.
    assert hours_of(office) == [
        ("۰۸:۱۵ تا ۰۸:۴۵", 2),
        ("۰۸:۴۵ تا ۰۹:۱۵", 2),
        ("۰۹:۱۵ تا ۰۹:۴۵", 2),
    ]


def test_two_stretches_of_a_day_leave_the_break_free(office):
    make_hours(office, [1], opens_at=time(8), closes_at=time(9), minutes=30)
    make_hours(office, [1], opens_at=time(16), closes_at=time(16, 40), minutes=20, seats=1)

    publish_slots()

    assert [said for said, _ in hours_of(office)] == [
        "۰۸:۰۰ تا ۰۸:۳۰",
        "۰۸:۳۰ تا ۰۹:۰۰",
        "۱۶:۰۰ تا ۱۶:۲۰",
        "۱۶:۲۰ تا ۱۶:۴۰",
    ]


def test_a_slot_falls_on_its_day_in_tehran(office):
    make_hours(office, [1], opens_at=time(0, 30), closes_at=time(1))

    publish_slots()

    slot = Slot.objects.filter(office=office).earliest("starts_at")
    assert slot.day == TOMORROW
    assert slot.starts_at.isoformat() == "2026-05-02T21:00:00+00:00"


def test_slots_are_there_from_tomorrow_until_the_last_day_that_can_be_booked(office):
    make_hours(office, range(7))

    publish_slots()

    days = days_of(office)
    assert min(days) == TOMORROW
    assert max(days) == date(2026, 5, 2) + PUBLISHED_AHEAD
    assert PUBLISHED_AHEAD > policy.BOOKING_HORIZON


def test_an_office_is_shut_on_weekdays_without_hours(office):
    make_hours(office, SATURDAY_TO_WEDNESDAY)

    publish_slots()

    assert {weekday(day) for day in days_of(office)} == set(SATURDAY_TO_WEDNESDAY)


def test_thursday_has_its_own_hours(office):
    make_hours(office, SATURDAY_TO_WEDNESDAY, closes_at=time(14))
    make_hours(office, [THURSDAY], closes_at=time(9))

    publish_slots()

    thursday = date(2026, 5, 7)
    assert weekday(thursday) == THURSDAY
    assert len(hours_of(office, thursday)) == 2
    assert not any(weekday(day) == FRIDAY for day in days_of(office))


def test_nobody_works_on_a_holiday(office):
    make_hours(office, range(7))
    Holiday.objects.create(day=date(2026, 5, 27), title="عید سعید قربان")

    publish_slots()

    assert date(2026, 5, 26) in days_of(office)
    assert date(2026, 5, 27) not in days_of(office)


def test_a_closure_is_of_one_office_alone(office):
    other = make_office("1022")
    make_hours(office, range(7))
    make_hours(other, range(7))
    Closure.objects.create(office=office, day=TOMORROW, reason="قطع برق محله")

    publish_slots()

    assert TOMORROW not in days_of(office)
    assert TOMORROW in days_of(other)


def test_the_turn_of_the_year_follows_the_calendar(office, clock):
    """Esfand of the leap year 1403 has 30 days; 29 Esfand and Nowruz are holidays."""
    clock.move_to(from_jalali(1403, 12, 20).isoformat() + "T08:00:00+03:30")
    make_hours(office, range(7), valid_from=date(2025, 1, 1))

    publish_slots_ahead()

    days = days_of(office)
    assert from_jalali(1403, 12, 28) in days
    assert from_jalali(1403, 12, 29) not in days  # nationalisation of oil
    assert from_jalali(1403, 12, 30) == date(2025, 3, 20)
    assert not {from_jalali(1404, 1, number) for number in (1, 2, 3, 4, 12, 13)} & days
    assert from_jalali(1404, 1, 5) in days


def test_a_year_of_29_esfand_goes_straight_into_nowruz(office, clock):
    clock.move_to(from_jalali(1404, 12, 20).isoformat() + "T08:00:00+03:30")
    make_hours(office, range(7))

    publish_slots_ahead()

    assert from_jalali(1404, 12, 28) in days_of(office)
    assert from_jalali(1404, 12, 29) + timedelta(days=1) == from_jalali(1405, 1, 1)
    assert from_jalali(1405, 1, 1) not in days_of(office)


def test_new_hours_hold_from_their_day_on(office):
    make_hours(office, range(7), closes_at=time(9))
    make_hours(office, [1], valid_from=date(2026, 5, 10), opens_at=time(10), closes_at=time(11))

    publish_slots()

    assert [said for said, _ in hours_of(office, TOMORROW)] == ["۰۸:۰۰ تا ۰۸:۳۰", "۰۸:۳۰ تا ۰۹:۰۰"]
    assert hours_of(office, date(2026, 5, 10))[0] == ("۱۰:۰۰ تا ۱۰:۳۰", 2)
    # The new week is the whole week: it has nothing but Sundays.
    assert hours_of(office, date(2026, 5, 11)) == []


def test_publishing_again_changes_nothing(office):
    make_hours(office, SATURDAY_TO_WEDNESDAY)
    first = publish_slots()

    assert first.added > 0
    assert publish_slots() == Published(added=0, changed=0)


def test_an_office_that_is_not_open_publishes_nothing(office):
    make_hours(office, range(7))
    office.status = OfficeStatus.SUSPENDED
    office.save()

    assert publish_slots() == Published(added=0, changed=0)


def test_changed_seats_change_the_slots(office):
    make_hours(office, [1], opens_at=time(8), closes_at=time(8, 30), seats=2)
    publish_slots()

    change_hours(office, seats=5)

    slot = Slot.objects.get(office=office, day=TOMORROW)
    assert (slot.capacity, slot.offered, slot.taken) == (5, 5, 0)


def test_fewer_seats_than_are_taken_keep_who_is_there(sara, reza, office, petition):
    make_hours(office, [1], opens_at=time(8), closes_at=time(8, 30), seats=2)
    publish_slots()
    slot = Slot.objects.get(office=office, day=TOMORROW)
    book(sara, slot, petition)
    book(reza, slot, petition)

    change_hours(office, seats=1)

    slot.refresh_from_db()
    assert (slot.capacity, slot.offered, slot.taken) == (2, 1, 2)
    assert not slot.is_open


@pytest.fixture
def booked(sara, office, petition):
    """Sara has Sunday 09:00 to 09:30, of three seats."""
    make_hours(office, [1], opens_at=time(8), closes_at=time(10), minutes=30, seats=3)
    publish_slots()
    slot = Slot.objects.get(office=office, day=TOMORROW, starts_at__hour=9, starts_at__minute=0)
    return book(sara, slot, petition)


def test_an_hour_that_left_the_schedule_is_kept_for_who_has_it(office, booked):
    change_hours(office, closes_at=time(9))

    slot = booked.slot
    slot.refresh_from_db()
    assert (slot.taken, slot.offered, slot.is_open) == (1, 0, False)
    assert [said for said, _ in hours_of(office)] == ["۰۸:۰۰ تا ۰۸:۳۰", "۰۸:۳۰ تا ۰۹:۰۰"]


def test_a_taken_slot_keeps_its_times_when_turns_get_another_length(office, booked):
    change_hours(office, minutes=20)

    slot = booked.slot
    slot.refresh_from_db()
    assert (hour(slot.starts_at), hour(slot.ends_at)) == ("۰۹:۰۰", "۰۹:۳۰")
    assert (slot.taken, slot.offered) == (1, 0)


def test_a_desk_is_not_promised_twice_when_turns_get_another_length(office, booked):
    change_hours(office, minutes=20)

    assert hours_of(office) == [
        ("۰۸:۰۰ تا ۰۸:۲۰", 3),
        ("۰۸:۲۰ تا ۰۸:۴۰", 3),
        ("۰۸:۴۰ تا ۰۹:۰۰", 3),
        # 09:00 to 09:20 has the start of Sara's slot, which keeps its row.
        ("۰۹:۲۰ تا ۰۹:۴۰", 2),  # Sara sits at one of the three desks until 09:30
        ("۰۹:۴۰ تا ۱۰:۰۰", 3),
    ]


def test_the_desk_is_free_again_when_the_old_turn_is_given_back(sara, office, booked):
    change_hours(office, minutes=20)
    cancel_appointment(appointment=booked, by=sara)

    publish_slots()

    assert [seats for _, seats in hours_of(office)] == [3] * 6


def test_a_slot_that_nobody_holds_takes_its_new_length(office, booked):
    change_hours(office, minutes=60)

    assert hours_of(office) == [("۰۸:۰۰ تا ۰۹:۰۰", 3)]  # Sara's 09:00 stands in the way


def test_hours_that_come_back_are_offered_again(office, booked):
    change_hours(office, closes_at=time(9))
    change_hours(office, closes_at=time(10))

    assert len(hours_of(office)) == 4
    booked.slot.refresh_from_db()
    assert (booked.slot.taken, booked.slot.offered) == (1, 3)


def test_every_batch_is_told_of(office):
    make_office("1022")
    told = []

    publish_slots(after_each_batch=told.append)

    assert told == [2]
