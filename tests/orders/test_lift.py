from datetime import timedelta

import pytest

from nobat.appointments.models import Proposal, Status
from nobat.orders.lift import LiftedAlready, OverAlready, lift_order
from nobat.schedule.models import Closure, Slot
from tests.build import TOMORROW, book
from tests.orders.conftest import give, order_of

pytestmark = pytest.mark.django_db


def free_tomorrow(office) -> int:
    return Slot.objects.free().filter(day=TOMORROW, office=office).count()


def test_the_seats_are_given_again(dr_karimi, fars):
    before = free_tomorrow(fars)
    order = give(order_of(dr_karimi, is_nationwide=True))
    lift_order(order=order, by=dr_karimi)

    assert free_tomorrow(fars) == before
    assert not Closure.objects.exists()


def test_who_was_displaced_keeps_the_proposal(sara, fars, petition, close, dr_karimi):
    appointment = book(sara, Slot.objects.filter(office=fars, day=TOMORROW).first(), petition)
    order = close(is_nationwide=True)

    lift_order(order=order, by=dr_karimi)

    appointment.refresh_from_db()
    assert appointment.status == Status.DISPLACED
    assert Proposal.objects.get().slot.taken == 0


def test_another_order_for_the_same_day_still_closes_it(dr_karimi, fars):
    first = give(order_of(dr_karimi, is_nationwide=True))
    give(order_of(dr_karimi, counties=["0707"], reason="سرما"))
    lift_order(order=first, by=dr_karimi)

    assert free_tomorrow(fars) == 0


def test_twice_or_too_late_is_refused(dr_karimi, fars, clock):
    order = give(order_of(dr_karimi, is_nationwide=True))
    other = give(order_of(dr_karimi, is_nationwide=True))
    lift_order(order=order, by=dr_karimi)
    with pytest.raises(LiftedAlready):
        lift_order(order=order, by=dr_karimi)

    clock.shift(timedelta(days=2))
    with pytest.raises(OverAlready):
        lift_order(order=other, by=dr_karimi)


def test_of_a_long_order_only_what_is_ahead_is_lifted(dr_karimi, fars, clock):
    order = give(order_of(dr_karimi, is_nationwide=True, last_day=TOMORROW + timedelta(days=3)))
    clock.shift(timedelta(days=2))
    lift_order(order=order, by=dr_karimi)

    assert list(Closure.objects.values_list("day", flat=True)) == [TOMORROW]
