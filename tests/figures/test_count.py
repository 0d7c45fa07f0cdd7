from collections import Counter
from datetime import date, timedelta

import pytest
from django.forms.models import model_to_dict
from django.utils import timezone

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, Status
from nobat.figures.count import count_days, count_sms, measure_first_free
from nobat.figures.models import (
    OfficeDayTotal,
    ProvinceDayTotal,
    ServiceDayTotal,
    SmsDayTotal,
)
from nobat.schedule.models import Hold, Slot
from nobat.sms.forget import KEPT_FOR
from nobat.sms.lanes import LANE_OF
from nobat.sms.models import Kind, OutgoingSms, State
from nobat.visits.models import VisitState
from tests.build import (
    TOMORROW,
    book,
    close,
    make_county,
    make_office,
    make_person,
    make_slot,
    make_visit,
    miss,
    move,
)

pytestmark = pytest.mark.django_db
TODAY = TOMORROW - timedelta(days=1)


def count() -> int:
    return count_days(first=TODAY - timedelta(days=5), last=TODAY + timedelta(days=40))


def total(office, day=TOMORROW) -> dict[str, int]:
    """What is not nothing."""
    found = model_to_dict(OfficeDayTotal.objects.get(office=office, day=day))
    return {name: found[name] for name in found if found[name] and name not in _NOT_COUNTED}


_NOT_COUNTED = {"id", "office", "province", "day"}


def test_a_day_says_what_was_offered_and_what_became_of_each(
    office, petition, sara, reza, bahram, maryam, clock
):
    slots = [make_slot(office, f"{hour}:00", capacity=3) for hour in (10, 11, 12, 13)]
    came = book(sara, slots[0], petition)
    missed = book(reza, slots[1], petition)
    cancel_appointment(appointment=book(bahram, slots[2], petition), by=bahram)
    book(make_person(mobile="+989120000020"), slots[3], petition)
    clock.move_to(slots[0].starts_at)
    make_visit(office, by=maryam, appointment=came)
    make_visit(office, by=maryam, state=VisitState.LEFT)
    miss(missed)
    count()

    assert total(office) == {
        "offered": 12,
        "held": 3,
        "appointments": 4,
        "came": 1,
        "no_shows": 1,
        "cancelled": 1,
        "served": 1,
        "walk_ins": 1,
    }
    assert total(office, TODAY) == {"booked": 4}


def test_four_cases_hold_two_turns_of_one_appointment(office, petition, sara):
    slot = make_slot(office, "10:00")
    make_slot(office, "10:30")
    book(sara, slot, petition, cases=4)
    count()

    assert total(office) == {"offered": 2, "held": 2, "appointments": 1}


def test_who_lost_the_hour_to_a_closure_counts_as_displaced(office, petition, sara, slot, bahram):
    book(sara, slot, petition)
    close(office, by=bahram)
    count()

    assert total(office) == {"appointments": 1, "displaced": 1}


def test_hours_that_were_closed_with_somebody_in_them_are_no_more_than_full(
    office, petition, sara, slot
):
    appointment = book(sara, slot, petition)
    Slot.objects.update(offered=0, taken=0)
    Appointment.objects.filter(pk=appointment.pk).update(status=Status.EXCUSED)
    count()

    assert total(office) == {"offered": 1, "held": 1, "appointments": 1, "excused": 1}


def test_counting_again_changes_nothing(office, petition, sara, slot):
    book(sara, slot, petition)

    assert count() > 0
    assert count() == 0


def test_what_has_gone_to_another_day_is_gone_from_the_old_one(office, petition, sara, slot):
    appointment = book(sara, slot, petition)
    count()
    move(appointment, make_slot(office, "10:00", day=TOMORROW + timedelta(days=1)))
    count()

    assert total(office) == {"offered": 1}
    assert ServiceDayTotal.objects.get(day=TOMORROW).appointments == 0
    assert total(office, TOMORROW + timedelta(days=1))["appointments"] == 1


def test_what_has_gone_to_another_office_is_gone_from_the_old_one(office, petition, sara, slot):
    appointment = book(sara, slot, petition)
    count()
    other = make_office("1022", services=[petition])
    move(appointment, make_slot(other, "10:00"))
    count()

    assert total(office, TODAY) == {}
    assert total(other, TODAY) == {"booked": 1}


def test_only_the_days_that_were_asked_for_are_counted(office, petition, sara, slot):
    book(sara, slot, petition)
    count_days(first=TOMORROW + timedelta(days=1), last=TOMORROW + timedelta(days=9))

    assert not OfficeDayTotal.objects.exists()


def test_a_booking_late_at_night_is_of_the_day_it_is_in_tehran(office, petition, sara, slot, clock):
    clock.shift(timedelta(hours=15, minutes=59))
    book(sara, slot, petition)
    count()

    assert total(office, TODAY) == {"booked": 1}


def test_a_province_is_the_sum_of_its_offices(petition, sara, reza, office, slot):
    neighbour = make_office("1022", county=make_county("0701"), services=[petition])
    elsewhere = make_office("1023", county=make_county("2301"), services=[petition])
    book(sara, slot, petition)
    book(reza, make_slot(neighbour, "10:00", capacity=4), petition)
    make_slot(elsewhere, "10:00", capacity=7)
    measure_first_free(today=TODAY)
    count()

    offered = ProvinceDayTotal.objects.filter(day=TOMORROW).values_list("province", "offered")
    assert dict(offered) == {"07": 5, "23": 7}
    fars = ProvinceDayTotal.objects.get(province="07", day=TODAY)
    assert (fars.booked, fars.measured, fars.booked_up) == (2, 2, 1)


def test_services_are_counted_by_county(petition, sara, reza, office, slot):
    second = make_office("1022", services=[petition])
    book(sara, slot, petition)
    book(reza, make_slot(second, "10:00"), petition)
    count()

    [row] = ServiceDayTotal.objects.all()
    assert (row.county, row.service, row.day, row.appointments) == (
        office.county,
        petition,
        TOMORROW,
        2,
    )


def test_all_days_are_counted_however_many_go_at_once(office):
    days = [TODAY + timedelta(days=number) for number in range(-5, 41)]
    for day in days:
        make_slot(office, "10:00", day=day)
    count()

    assert list(OfficeDayTotal.objects.order_by("day").values_list("day", flat=True)) == days
    assert set(OfficeDayTotal.objects.values_list("offered", flat=True)) == {1}


# ------------------------------------------------------------- the first free turn


def measured(office) -> tuple[int, int, int]:
    row = OfficeDayTotal.objects.get(office=office, day=TODAY)
    return row.measured, row.wait, row.booked_up


def test_the_way_to_the_first_free_turn_is_counted_in_days(office, petition, sara, slot):
    book(sara, slot, petition)
    make_slot(office, "10:00", day=TOMORROW + timedelta(days=3))
    make_slot(office, "10:00", day=TOMORROW + timedelta(days=5))
    measure_first_free(today=TODAY)

    assert measured(office) == (1, 4, 0)


def test_a_full_office_waits_for_the_day_after_the_last_one(office, petition, sara, slot):
    book(sara, slot, petition)
    measure_first_free(today=TODAY)

    assert measured(office) == (1, 31, 1)


def test_a_seat_that_is_kept_for_somebody_is_not_free(office, petition, sara, slot, clock):
    appointment = book(sara, make_slot(office, "12:00", capacity=2), petition)
    later = make_slot(office, "10:00", day=TOMORROW + timedelta(days=2))
    until = timezone.now() + timedelta(hours=9)
    for each in Slot.objects.filter(day=TOMORROW, is_open=True):
        Slot.objects.filter(pk=each.pk).update(held_until=until)
        Hold.objects.create(slot=each, until=until, kept_for=appointment.pk)
    measure_first_free(today=TODAY)

    assert measured(office) == (1, (later.day - TODAY).days, 0)


def test_it_is_measured_once_a_day(office, petition, sara, slot):
    assert measure_first_free(today=TODAY) == 1
    book(sara, slot, petition)

    assert measure_first_free(today=TODAY) == 0
    assert measured(office) == (1, 1, 0)


def test_counting_leaves_alone_what_was_measured(office, slot):
    count()
    measure_first_free(today=TODAY)
    count()

    assert measured(office) == (1, 1, 0)


def test_who_gives_no_turns_is_not_measured(office, slot):
    make_slot(make_office("1022"), "10:00", day=TOMORROW + timedelta(days=60))
    closed = make_office("1023", status="closed")
    make_slot(closed, "10:00")
    measure_first_free(today=TODAY)

    assert list(OfficeDayTotal.objects.values_list("office", flat=True)) == [office.pk]


# ----------------------------------------------------------------------------- SMS


def sms(state: State, kind: Kind = Kind.BOOKED, day: date = TODAY, **fields) -> None:
    OutgoingSms.objects.create(
        kind=kind,
        lane=LANE_OF[kind],
        occasion=str(OutgoingSms.objects.count()),
        to="+989120000001",
        state=state,
        not_after=f"{day}T10:00Z",
        next_try_at=f"{day}T08:00Z",
        queued_at=f"{day}T08:00Z",
        **fields,
    )


def test_sms_are_counted_by_what_the_ledger_knows(db):
    taken = {"sent_at": f"{TODAY}T08:01Z", "parts": 2, "cost": 300}
    for state, times in Counter(sent=3, delivered=5, undelivered=2, blocked=1).items():
        for _ in range(times):
            sms(State(state), **taken)
    for state, times in Counter(given_up=2, expired=1, waiting=1, blocked=1, unknown=1).items():
        for _ in range(times):
            sms(State(state))
    sms(State.SENT, day=TODAY - timedelta(days=9), **taken)
    count_sms(first=TODAY - timedelta(days=1), last=TODAY)

    [row] = SmsDayTotal.objects.all()
    assert (row.day, row.kind, row.province) == (TODAY, Kind.BOOKED, None)
    assert (row.queued, row.accepted, row.delivered, row.undelivered) == (17, 11, 5, 3)
    assert (row.given_up, row.expired, row.unknown) == (3, 1, 1)
    assert (row.parts, row.cost) == (22, 3300)


def test_what_the_ledger_has_forgotten_stays_counted(db):
    old = TODAY - KEPT_FOR
    SmsDayTotal.objects.create(day=old, kind=Kind.BOOKED, queued=40)
    SmsDayTotal.objects.create(day=old + timedelta(days=1), kind=Kind.BOOKED, queued=40)
    count_sms(first=old - timedelta(days=9), last=TODAY)

    assert list(SmsDayTotal.objects.order_by("day").values_list("queued", flat=True)) == [40, 0]


def test_an_sms_about_an_appointment_is_of_its_province(office, petition, sara, slot):
    book(sara, slot, petition)
    sms(State.SENT, kind=Kind.CODE, sent_at=f"{TODAY}T08:01Z")

    assert count_sms(first=TODAY, last=TODAY) == 2
    assert count_sms(first=TODAY, last=TODAY) == 0
    rows = SmsDayTotal.objects.values_list("kind", "province", "queued", "accepted")
    assert set(rows) == {(Kind.BOOKED, "07", 1, 0), (Kind.CODE, None, 1, 1)}
