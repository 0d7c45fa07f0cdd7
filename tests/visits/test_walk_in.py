from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.models import Appointment
from nobat.offices.models import Office, OfficeStatus
from nobat.visits.call import call_next
from nobat.visits.check_in import check_in
from nobat.visits.models import Visit, VisitState
from nobat.visits.walk_in import OfficeIsShut, SeatNotFree, seats_to_give, walk_in
from tests.build import book, make_slot


@pytest.fixture
def late(at_ten, clock) -> Appointment:
    """Sara's seat may be given away: she is not here a quarter of an hour after ten."""
    clock.move_to(at_ten.starts_at + policy.SEAT_KEPT_FOR)
    return at_ten


def test_whoever_walks_in_gets_the_next_number_in_the_same_queue(at_ten, office, maryam, petition):
    check_in(appointment=at_ten, office=office, by=maryam)
    visit = walk_in(office=office, by=maryam, name=" رضا ", service=petition)
    stored = Visit.objects.get(pk=visit.pk)
    assert (stored.number, stored.name, stored.service) == (2, "رضا", petition)
    assert (stored.state, stored.hour, stored.appointment) == (VisitState.WAITING, None, None)


def test_nobody_has_to_say_a_name(office, maryam):
    assert walk_in(office=office, by=maryam).name == ""


def test_a_seat_is_kept_for_a_while(at_ten, office, maryam):
    assert seats_to_give(office, timezone.now()) == []
    with pytest.raises(SeatNotFree):
        walk_in(office=office, by=maryam, in_place_of=at_ten)


def test_the_seat_of_somebody_late_is_given_away_once(late, office, maryam):
    assert seats_to_give(office, timezone.now()) == [late]
    visit = walk_in(office=office, by=maryam, in_place_of=late)
    assert visit.hour == timezone.now()
    assert seats_to_give(office, timezone.now()) == []
    with pytest.raises(SeatNotFree):
        walk_in(office=office, by=maryam, in_place_of=late)


def test_with_a_seat_one_goes_before_those_without(late, office, maryam):
    walk_in(office=office, by=maryam)
    with_seat = walk_in(office=office, by=maryam, in_place_of=late)
    assert call_next(office=office, by=maryam) == with_seat


def test_whoever_comes_late_after_all_is_checked_in_too(late, office, maryam):
    walk_in(office=office, by=maryam, in_place_of=late)
    assert check_in(appointment=late, office=office, by=maryam).number == 2


def test_whoever_is_here_has_no_seat_to_give(late, office, maryam):
    check_in(appointment=late, office=office, by=maryam)
    assert seats_to_give(office, timezone.now()) == []


def test_seats_of_other_offices_are_not_given(late, naser):
    other = naser.memberships.get().office
    with pytest.raises(SeatNotFree):
        walk_in(office=other, by=naser, in_place_of=late)


def test_a_walk_in_takes_no_seat_that_can_be_booked(late, office, maryam, slot):
    taken = slot.taken
    walk_in(office=office, by=maryam, in_place_of=late)
    slot.refresh_from_db()
    assert slot.taken == taken + 1  # Sara's own, as before


def test_a_suspended_office_gives_no_numbers(office, maryam):
    Office.objects.update(status=OfficeStatus.SUSPENDED)
    office.refresh_from_db()
    with pytest.raises(OfficeIsShut):
        walk_in(office=office, by=maryam)


def test_seats_stand_in_the_order_of_their_hours(late, reza, office, petition, clock):
    clock.move_to(late.starts_at - timedelta(days=1))
    earlier = book(reza, make_slot(office, "09:00"), petition)
    clock.move_to(late.starts_at + policy.SEAT_KEPT_FOR)
    assert seats_to_give(office, timezone.now()) == [earlier, late]
