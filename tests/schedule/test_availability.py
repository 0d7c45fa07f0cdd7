from datetime import date, time, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nobat.appointments import policy
from nobat.schedule.availability import State, Window, availability
from nobat.schedule.closures import close_day, close_hours
from nobat.schedule.models import Closure, Holiday, Slot
from nobat.schedule.office_calendar import office_calendar
from nobat.schedule.publish import publish_slots
from nobat.shared.jalali import hour, start_of_day
from nobat.shared.rules import RuleBroken
from tests.build import HALF_AN_HOUR, TOMORROW, book, make_hours, make_office, make_slot

TODAY = date(2026, 5, 2)  # a Saturday
WINDOW = Window(TODAY, TODAY + policy.FIRST_BOOKABLE_DAY, TODAY + policy.BOOKING_HORIZON)
SATURDAY_TO_WEDNESDAY = [0, 1, 2, 3, 4]


def look(office, *, chosen=None, turns=1, held=()):
    days = [TODAY + timedelta(days=number) for number in range(-1, 36)]
    asked = {"days": days, "chosen": chosen}
    found = office_calendar(
        office.code, WINDOW, **asked, turns=dict.fromkeys(WINDOW.days, turns), held=held
    )
    return availability(found, WINDOW, **asked)


def day_of(office, day=TOMORROW, **asked):
    return next(each for each in look(office, **asked).days.all if each.day == day)


def hours_of(office, day=TOMORROW, **asked):
    hours = look(office, chosen=day, **asked).hours
    return [(hour(each.starts_at), hour(each.ends_at), each.seats) for each in hours]


# --------------------------------------------------------------------- the days


def test_a_day_says_how_many_hours_it_has_left(sara, office, petition):
    first = make_slot(office, "08:00")
    make_slot(office, "08:30", capacity=2)
    book(sara, first, petition)

    assert day_of(office)[:3] == (TOMORROW, State.FREE, 1)


def test_a_day_without_a_seat_is_full(sara, office, petition):
    book(sara, make_slot(office, "08:00"), petition)

    assert day_of(office).state is State.FULL


def test_days_are_described_anew_as_soon_as_one_of_them_changes(sara, office, petition):
    slot = make_slot(office, "08:00")
    make_slot(office, "08:30")
    before = look(office).days
    assert look(office).days is before

    book(sara, slot, petition)

    assert look(office).days is not before
    assert (before.get(TOMORROW).free, day_of(office).free) == (2, 1)


def test_a_day_is_another_one_tomorrow(office):
    make_slot(office, "08:00")
    assert day_of(office).state is State.FREE

    later = Window(*(day + timedelta(days=1) for day in WINDOW))
    days = [TODAY + timedelta(days=number) for number in range(-1, 37)]
    turns = dict.fromkeys(later.days, 1)
    found = office_calendar(office.code, later, days=days, turns=turns, chosen=None)

    shown = availability(found, later, days=days, chosen=TOMORROW)
    assert shown.chosen.state is State.TODAY


def test_weekdays_without_hours_are_off(office):
    make_hours(office, SATURDAY_TO_WEDNESDAY)
    publish_slots()

    states = {each.day.isoformat(): each.state for each in look(office).days.all}

    assert states["2026-05-06"] is State.FREE
    assert states["2026-05-07"] is State.DAY_OFF  # Thursday
    assert states["2026-05-08"] is State.DAY_OFF  # Friday


def test_a_closed_day_says_why(maryam, office):
    make_hours(office, range(7))
    publish_slots()
    close_day(office=office, day=TOMORROW, reason="قطع برق محله", by=maryam)

    assert (day_of(office).state, day_of(office).reason) == (State.CLOSED, "قطع برق محله")


def close_from(office, by, begin, end):
    return close_hours(
        office=office,
        day=TOMORROW,
        from_hour=time(begin),
        until_hour=time(end),
        reason="قطع برق",
        by=by,
    )


def test_a_day_closed_only_in_part_is_free_and_says_which_hours_are_closed(maryam, office):
    make_hours(office, range(7))
    publish_slots()
    close_from(office, maryam, 9, 11)

    day = day_of(office)

    assert (day.state, day.free) == (State.FREE, 4)
    assert [closed.reason for closed in day.closed_hours] == ["قطع برق"]
    assert [begins for begins, _, _ in hours_of(office)] == ["۰۸:۰۰", "۰۸:۳۰", "۱۱:۰۰", "۱۱:۳۰"]


def test_a_day_whose_open_hours_are_taken_is_full_and_not_closed(maryam, sara, office, petition):
    make_hours(office, range(7), seats=1)
    publish_slots()
    close_from(office, maryam, 8, 11)
    for slot in Slot.objects.filter(
        day=TOMORROW, starts_at__gte=start_of_day(TOMORROW) + timedelta(hours=11)
    ):
        book(sara, slot, petition)

    day = day_of(office)

    assert day.state is State.FULL
    assert len(day.closed_hours) == 1


def test_a_day_all_of_whose_hours_are_closed_is_closed(maryam, office):
    make_hours(office, range(7))
    publish_slots()
    close_from(office, maryam, 8, 10)
    close_from(office, maryam, 10, 20)

    assert (day_of(office).state, day_of(office).reason) == (State.CLOSED, "قطع برق")


def test_closed_hours_of_a_day_that_is_not_published_do_not_make_it_closed(maryam, office):
    make_hours(office, range(7))
    Closure.objects.create(
        office=office, day=TOMORROW, from_hour=time(8), until_hour=time(9), reason="قطع برق"
    )

    assert day_of(office).state is State.UNPUBLISHED


def test_a_holiday_says_which(office):
    make_hours(office, range(7))
    Holiday.objects.create(day=TOMORROW, title="عید سعید قربان")
    publish_slots()

    assert (day_of(office).state, day_of(office).reason) == (State.HOLIDAY, "عید سعید قربان")


def test_a_holiday_that_is_not_published_yet_does_not_hide_hours_that_can_be_booked(office):
    make_slot(office, "08:00")
    Holiday.objects.create(day=TOMORROW, title="عید سعید قربان")

    assert day_of(office).state is State.FREE
    assert hours_of(office)


def test_today_and_the_days_before_are_over(office):
    make_slot(office, "23:00", day=TODAY)

    assert day_of(office, TODAY).state is State.TODAY
    assert day_of(office, TODAY - timedelta(days=1)).state is State.PAST
    assert hours_of(office, TODAY) == []


def test_days_too_far_ahead_say_when_they_open(office):
    make_hours(office, range(7))
    publish_slots()

    assert day_of(office, WINDOW.last).state is State.FREE
    after = day_of(office, WINDOW.last + timedelta(days=1))
    assert (after.state, after.opens_on) == (State.NOT_YET, TODAY + timedelta(days=1))
    assert hours_of(office, after.day) == []


def test_a_day_whose_slots_the_job_has_not_made_is_not_called_full(office):
    make_hours(office, range(7))

    assert day_of(office).state is State.UNPUBLISHED


def test_the_chosen_day_is_described_even_far_away(office):
    make_hours(office, range(7))
    far = TODAY + timedelta(days=90)

    chosen = look(office, chosen=far).chosen

    assert (chosen.state, chosen.opens_on) == (State.NOT_YET, TODAY + timedelta(days=60))


# -------------------------------------------------------------------- the hours


def test_hours_come_in_the_order_of_the_clock_with_their_seats(sara, office, petition):
    make_slot(office, "10:00", capacity=3)
    early = make_slot(office, "08:00", capacity=2)
    book(sara, early, petition)

    assert hours_of(office) == [("۰۸:۰۰", "۰۸:۳۰", 1), ("۱۰:۰۰", "۱۰:۳۰", 3)]


def test_hours_of_other_offices_do_not_count(office):
    make_slot(make_office("1022"), "08:00")

    assert hours_of(office) == []


def test_two_turns_are_two_free_hours_that_touch(sara, office, petition):
    for begin in ("08:00", "08:30", "09:00", "10:00", "10:30"):
        make_slot(office, begin, capacity=2)
    book(sara, Slot.objects.get(starts_at__hour=8, starts_at__minute=30), petition)

    assert hours_of(office, turns=2) == [
        ("۰۸:۰۰", "۰۹:۰۰", 1),
        ("۰۸:۳۰", "۰۹:۳۰", 1),
        ("۱۰:۰۰", "۱۱:۰۰", 2),
    ]


def test_a_day_of_single_hours_is_not_green_for_two_turns(office):
    make_slot(office, "08:00")
    make_slot(office, "09:00")

    assert day_of(office).state is State.FREE
    assert day_of(office, turns=2).state is State.NO_TWO_IN_A_ROW
    assert hours_of(office, turns=2) == []


# --------------------------------------------------------------------- moving


def test_an_appointment_does_not_stand_in_its_own_way(sara, office, petition):
    held = book(sara, make_slot(office, "08:00"), petition)
    make_slot(office, "08:30")

    # From one turn to two: 08:00 is full, but with this very appointment.
    assert hours_of(office, turns=2) == []
    assert hours_of(office, turns=2, held=held.slot_ids) == [("۰۸:۰۰", "۰۹:۰۰", 1)]


def test_the_hour_it_has_already_is_no_hour_to_move_to(sara, office, petition):
    held = book(sara, make_slot(office, "08:00", capacity=2), petition, cases=1)
    make_slot(office, "08:30")

    assert [begins for begins, _, _ in hours_of(office, held=held.slot_ids)] == ["۰۸:۳۰"]


def test_one_of_two_turns_can_be_kept(sara, office, petition):
    first = make_slot(office, "08:00")
    make_slot(office, "08:30")
    held = book(sara, first, petition, cases=4)

    assert len(hours_of(office, held=held.slot_ids)) == 2
    assert hours_of(office, turns=2, held=held.slot_ids) == []


# ----------------------------------------------- green exactly if there are hours

TURNS = st.sampled_from([1, 2])
A_SLOT = st.tuples(
    st.integers(0, 1),  # day
    st.integers(0, 5),  # which quarter of an hour
    st.integers(1, 3),  # how many of them
    st.integers(0, 2),  # seats offered
    st.integers(0, 2),  # seats taken
)


def make_slots(office, drawn):
    for day, quarter, length, offered, taken in drawn:
        slot = make_slot(
            office,
            f"{8 + quarter // 4:02}:{15 * (quarter % 4):02}",
            day=TOMORROW + timedelta(days=day),
            length=length * HALF_AN_HOUR / 2,
        )
        Slot.objects.filter(pk=slot.pk).update(capacity=2, offered=offered, taken=taken)


def hours_that_can_be_booked(sara, petition, slots, turns):
    """What taking a turn says of each: the last word."""
    return [slot.pk for slot in slots if can_be_booked(sara, slot, petition, turns)]


def can_be_booked(sara, slot, petition, turns):
    try:
        with transaction.atomic():
            book(sara, slot, petition, cases=2 * turns)
            transaction.set_rollback(True)
    except RuleBroken:
        return False
    return True


@given(slots=st.lists(A_SLOT, max_size=12, unique_by=lambda slot: slot[:2]), turns=TURNS)
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_day_is_green_exactly_if_it_has_hours_and_those_are_what_can_be_booked(
    sara, office, petition, slots, turns
):
    with transaction.atomic():
        make_slots(office, slots)
        for day in (TOMORROW, TOMORROW + timedelta(days=1)):
            found = look(office, chosen=day, turns=turns)
            green = next(each for each in found.days.all if each.day == day)
            of_day = Slot.objects.filter(office=office, day=day).order_by("starts_at")

            assert (green.state is State.FREE) == bool(found.hours)
            assert green == found.chosen
            assert green.free == len(found.hours)
            assert [free.slot_id for free in found.hours] == hours_that_can_be_booked(
                sara, petition, of_day, turns
            )
        transaction.set_rollback(True)
