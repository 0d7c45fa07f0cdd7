"""What is offered to somebody whose hour a closure took."""

from datetime import date, timedelta

import pytest

from nobat.appointments.book import SlotFull, book_appointment
from nobat.appointments.displace import displace_appointment
from nobat.appointments.models import Outcome, Proposal
from nobat.appointments.propose import held_until
from nobat.offices.models import OfficeStatus
from nobat.schedule.models import Hold, Slot
from nobat.shared.jalali import hour
from nobat.sms.models import OutgoingSms, State
from tests.build import TOMORROW, book, make_office, make_slot, miss

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = TOMORROW + timedelta(days=1), TOMORROW + timedelta(days=2)


@pytest.fixture
def neighbour(petition):
    """A few kilometres away."""
    return make_office("1033", services=[petition], name="صنوبر", lat=29.63, lon=52.55)


def displaced(citizen, slot, petition, cases=1) -> Proposal:
    appointment = book(citizen, slot, petition, cases=cases)
    Slot.objects.filter(day=slot.day, office=slot.office).update(offered=0)
    return displace_appointment(appointment=appointment, reason="آلودگی هوا", by=None)


def test_the_same_office_is_first_with_the_hour_nearest_to_the_lost_one(
    sara, slot, petition, office, neighbour
):
    make_slot(neighbour, "10:00", day=MONDAY)
    for at in ("08:00", "10:30", "12:00"):
        make_slot(office, at, day=TUESDAY)

    proposal = displaced(sara, slot, petition)

    assert proposal.outcome == Outcome.SAME_OFFICE
    assert (proposal.slot.day, hour(proposal.starts_at)) == (TUESDAY, "۱۰:۳۰")
    assert Hold.objects.get().slot == proposal.slot


def test_the_held_seat_goes_to_nobody_else(sara, reza, slot, petition, office):
    there = make_slot(office, "10:00", day=MONDAY)
    displaced(sara, slot, petition)

    with pytest.raises(SlotFull):
        book(reza, there, petition)


def test_it_is_free_for_others_once_its_time_is_over(sara, reza, slot, petition, office, clock):
    later = make_slot(office, "10:00", day=TOMORROW + timedelta(days=4))
    proposal = displaced(sara, slot, petition)

    clock.move_to(proposal.held_until)

    assert book(reza, later, petition)


def test_another_seat_of_the_same_slot_is_still_given(sara, reza, slot, petition, office):
    wide = make_slot(office, "10:00", day=MONDAY, capacity=2)
    displaced(sara, slot, petition)

    assert book(reza, wide, petition)


def test_full_on_the_next_days_it_is_the_nearest_office_with_the_service(
    sara, slot, petition, office, neighbour
):
    make_slot(office, "10:00", day=TOMORROW + timedelta(days=20))
    far = make_office("1044", services=[petition], lat=29.9, lon=52.9)
    make_slot(far, "10:00", day=MONDAY)
    without_it = make_office("1055", lat=29.611, lon=52.531)
    make_slot(without_it, "10:00", day=MONDAY)
    shut = make_office("1066", services=[petition], lat=29.612, status=OfficeStatus.SUSPENDED)
    make_slot(shut, "10:00", day=MONDAY)
    there = make_slot(neighbour, "09:00", day=TUESDAY)

    proposal = displaced(sara, slot, petition)

    assert (proposal.outcome, proposal.slot) == (Outcome.OTHER_OFFICE, there)
    assert 2_000 < proposal.metres < 4_000


def test_nowhere_else_it_is_a_later_day_of_the_same_office(sara, slot, petition, office):
    later = make_slot(office, "10:00", day=TOMORROW + timedelta(days=20))

    assert displaced(sara, slot, petition).slot == later


def test_without_any_hour_the_citizen_is_to_be_called(sara, slot, petition):
    proposal = displaced(sara, slot, petition)

    assert (proposal.outcome, proposal.slot, proposal.held_until) == (Outcome.NONE, None, None)
    assert proposal.needs_call


def test_who_could_not_be_reached_lately_is_to_be_called(sara, slot, petition, office):
    make_slot(office, "10:00", day=MONDAY)
    appointment = book(sara, slot, petition)
    OutgoingSms.objects.update(state=State.GIVEN_UP)

    proposal = displace_appointment(appointment=appointment, reason="برف", by=None)

    assert proposal.needs_call
    assert proposal.slot is not None


def test_two_turns_in_a_row_get_two_in_a_row(sara, slot, petition, office):
    make_slot(office, "10:30")
    make_slot(office, "10:00", day=MONDAY)
    pair = [make_slot(office, at, day=TUESDAY) for at in ("09:00", "09:30")]

    proposal = displaced(sara, slot, petition, cases=3)

    assert [proposal.slot, proposal.second_slot] == pair
    assert Hold.objects.count() == 2


def test_an_hour_in_which_the_citizen_is_elsewhere_is_not_proposed(
    sara, slot, petition, office, neighbour
):
    make_slot(office, "10:00", day=MONDAY)
    other = make_slot(office, "11:00", day=MONDAY)
    book(sara, make_slot(neighbour, "10:00", day=MONDAY), petition)

    assert displaced(sara, slot, petition).slot == other


def test_no_third_turn_of_one_day_is_proposed(sara, slot, petition, office):
    for at in ("08:00", "09:00"):
        book(sara, make_slot(office, at, day=MONDAY), petition)
    make_slot(office, "10:00", day=MONDAY)
    tuesday = make_slot(office, "10:00", day=TUESDAY)

    assert displaced(sara, slot, petition).slot == tuesday


def test_a_week_without_booking_gets_no_seat_that_nobody_could_take(
    sara, slot, petition, office, clock
):
    missed = book(sara, make_slot(office, "08:00"), petition)
    kept = book(sara, make_slot(office, "10:00", day=MONDAY), petition)
    make_slot(office, "10:00", day=TUESDAY)
    week = miss(missed)
    clock.move_to(week.starts_at)

    proposal = displace_appointment(appointment=kept, reason="برف", by=None)

    assert proposal.outcome == Outcome.NONE
    assert not Hold.objects.exists()


def test_two_displaced_people_get_two_seats(sara, reza, slot, petition, office):
    wide = make_slot(office, "09:00", capacity=1)
    hours = {make_slot(office, at, day=MONDAY).pk for at in ("09:00", "10:00")}
    reza_s = book(reza, wide, petition)

    first = displaced(sara, slot, petition)
    second = displace_appointment(appointment=reza_s, reason="برف", by=None)

    assert {first.slot_id, second.slot_id} == hours


def test_a_hold_ends_when_the_hour_can_no_longer_be_booked(slot, clock):
    now = slot.starts_at - timedelta(days=1)
    near, far = (slot.starts_at + timedelta(days=days) for days in (0, 9))

    assert held_until(far, now) == now + timedelta(hours=36)
    assert hour(held_until(near, now)) == "۰۰:۰۰"
    assert held_until(near, now).astimezone().date() <= date(2026, 5, 3)


def test_the_sms_names_the_proposal(sara, slot, petition, office, neighbour):
    there = make_slot(neighbour, "09:00", day=TUESDAY)
    displaced(sara, slot, petition)

    told = OutgoingSms.objects.get(kind="office_closed").params
    assert told["proposed_office"] == "صنوبر"
    assert told["proposed_at"] == there.starts_at.isoformat()


def test_a_booking_for_a_slot_kept_for_the_same_citizens_other_turn_is_refused(
    sara, slot, petition, office
):
    there = make_slot(office, "10:00", day=MONDAY)
    displaced(sara, slot, petition)

    with pytest.raises(SlotFull):
        book_appointment(
            citizen=sara,
            slot_id=there.pk,
            service=petition.code,
            cases=1,
            key="3f1b1c1e-0000-4000-8000-000000000001",
        )
