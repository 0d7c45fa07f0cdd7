from datetime import time, timedelta

import pytest
from django.utils import timezone

from nobat.appointments.book import SlotFull
from nobat.appointments.close import LookAgain
from nobat.journal.models import JournalEntry
from nobat.orders.give import NothingCloses, TooLong, give_order
from nobat.orders.scope import seen_now
from nobat.schedule.closures import DayIsOver, HoursTurnedRound, NoReason, OrderedFromAbove, reopen
from nobat.schedule.models import Closure, ClosureOrder, Slot
from nobat.schedule.publish import publish_slots
from nobat.shared.jalali import hour
from tests.build import TOMORROW, book
from tests.orders.conftest import give, order_of

pytestmark = pytest.mark.django_db


def free_on(day, office) -> int:
    return Slot.objects.free().filter(day=day, office=office).count()


def test_seats_close_at_once(dr_karimi, fars, marvdasht, sara, petition):
    slot = Slot.objects.filter(office=fars, day=TOMORROW).first()
    order = give(order_of(dr_karimi, counties=["0707"]))

    assert free_on(TOMORROW, fars) == 0
    assert free_on(TOMORROW, marvdasht) > 0
    assert free_on(TOMORROW + timedelta(days=1), fars) > 0
    with pytest.raises(SlotFull):
        book(sara, slot, petition)
    assert JournalEntry.objects.get(act="closure_ordered").details["offices"] == 1
    assert order.affected == 0


def test_only_the_hours_it_names(dr_karimi, fars):
    give(order_of(dr_karimi, is_nationwide=True, from_hour=time(10), until_hour=time(23, 59)))

    hours = Slot.objects.free().filter(office=fars, day=TOMORROW).order_by("starts_at")
    assert [hour(slot.starts_at) for slot in hours] == ["۰۸:۰۰", "۰۸:۳۰", "۰۹:۰۰", "۰۹:۳۰"]


def test_a_share_of_the_seats_stays(dr_karimi, fars):
    give(order_of(dr_karimi, is_nationwide=True, stays=50))

    of_tomorrow = Slot.objects.filter(office=fars, day=TOMORROW)
    assert set(of_tomorrow.values_list("capacity", "offered")) == {(2, 1)}


def test_publishing_again_does_not_open_what_is_ordered(dr_karimi, fars):
    give(order_of(dr_karimi, is_nationwide=True))
    publish_slots()

    assert free_on(TOMORROW, fars) == 0


def test_whoever_was_not_seen_must_be_looked_at(dr_karimi, fars, sara, petition):
    order = order_of(dr_karimi, is_nationwide=True)
    seen = str(seen_now(order, timezone.now()))
    book(sara, Slot.objects.filter(office=fars, day=TOMORROW).first(), petition)

    with pytest.raises(LookAgain):
        give_order(order=order, seen=seen)

    assert not Closure.objects.exists()
    assert not ClosureOrder.objects.exists()
    assert free_on(TOMORROW, fars) > 0
    assert seen_now(order, timezone.now()).appointments == 1


def test_pressed_twice_it_is_one_order(dr_karimi, fars):
    order = order_of(dr_karimi, is_nationwide=True)
    seen = str(seen_now(order, timezone.now()))
    give_order(order=order, seen=seen)
    again = order_of(dr_karimi, is_nationwide=True, key=order.key)

    assert give_order(order=again, seen=seen).pk == order.pk
    assert Closure.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"first_day": TOMORROW - timedelta(days=2)}, DayIsOver),
        ({"last_day": TOMORROW - timedelta(days=1)}, HoursTurnedRound),
        ({"from_hour": time(12), "until_hour": time(10)}, HoursTurnedRound),
        ({"last_day": TOMORROW + timedelta(days=60)}, TooLong),
        ({"reason": ""}, NoReason),
        ({"is_nationwide": False}, NothingCloses),
        ({"but_offices": ["1021"]}, NothingCloses),
    ],
)
def test_what_cannot_be_is_refused(dr_karimi, fars, wrong, refusal):
    with pytest.raises(refusal):
        give(order_of(dr_karimi, **{"is_nationwide": True} | wrong))
    assert not ClosureOrder.objects.exists()


def test_the_office_does_not_open_what_the_association_closed(dr_karimi, fars, bahram):
    give(order_of(dr_karimi, is_nationwide=True))

    with pytest.raises(OrderedFromAbove):
        reopen(office=fars, closure_id=Closure.objects.get().pk, by=bahram)
