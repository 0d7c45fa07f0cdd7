from datetime import time, timedelta

import pytest
from django.utils import timezone

from nobat.offices.models import County, OfficeStatus
from nobat.orders.scope import Seen, offices_in, seen_now, touched
from nobat.schedule.models import Slot
from tests.build import TOMORROW, book, make_slot
from tests.orders.conftest import order_of

pytestmark = pytest.mark.django_db


def codes(order) -> set[str]:
    return set(offices_in(order).values_list("code", flat=True))


@pytest.mark.parametrize(
    ("scope", "closed"),
    [
        ({"is_nationwide": True}, {"1021", "1022", "1100"}),
        ({"provinces": ["07"]}, {"1021", "1022", "1100"}),
        ({"provinces": ["23"]}, set()),
        ({"counties": ["0712"]}, {"1100"}),
        ({"offices": ["1022"], "counties": ["0712"]}, {"1022", "1100"}),
        ({"provinces": ["07"], "but_counties": ["0712"]}, {"1021", "1022"}),
        ({"is_nationwide": True, "but_offices": ["1021"]}, {"1022", "1100"}),
        ({"provinces": ["07"], "spares_exempt": True}, {"1021", "1100"}),
    ],
)
def test_it_reaches_what_it_names_minus_the_exceptions(
    dr_karimi, office, naser, marvdasht, scope, closed
):
    naser.memberships.update(role="manager")
    of_naser = naser.memberships.get().office
    type(of_naser).objects.filter(pk=of_naser.pk).update(is_exempt=True)

    assert codes(order_of(dr_karimi, **scope)) == closed


def test_an_office_that_is_no_more_is_not_reached(dr_karimi, office):
    office.status = OfficeStatus.CLOSED
    office.save()

    assert codes(order_of(dr_karimi, is_nationwide=True)) == set()


def test_hours_touch_whoever_stands_in_them_if_only_in_part(
    dr_karimi, sara, reza, office, petition
):
    before = book(sara, make_slot(office, "09:30"), petition)
    across = book(reza, make_slot(office, "11:45"), petition)
    hours = {"from_hour": time(12), "until_hour": time(14)}
    order = order_of(dr_karimi, offices=[office.code], **hours)

    assert set(touched(order)) == {across}
    order.from_hour = order.until_hour = None
    assert set(touched(order)) == {before, across}


def test_of_a_share_the_last_who_came_lose_their_seats(
    dr_karimi, sara, reza, office, petition, clock
):
    wide = make_slot(office, "10:00", capacity=4)
    first = book(sara, wide, petition)
    clock.shift(timedelta(minutes=1))
    second = book(reza, wide, petition)
    order = order_of(dr_karimi, offices=[office.code], stays=25)

    assert set(touched(order)) == {second}
    assert first not in touched(order)


def test_a_share_of_a_slot_that_is_not_full_touches_nobody(dr_karimi, sara, office, petition):
    book(sara, make_slot(office, "10:00", capacity=4), petition)

    assert not touched(order_of(dr_karimi, offices=[office.code], stays=25)).exists()


def test_what_was_seen_is_read_again_from_its_text(dr_karimi, sara, slot, petition, office):
    book(sara, slot, petition)
    seen = seen_now(order_of(dr_karimi, offices=[office.code]), timezone.now())

    assert Seen.read(str(seen), seen) == seen
    for nonsense in ("", "1", "a.b.c", "1.x.99999999999999"):
        assert Seen.read(nonsense, seen) is None


def test_one_more_in_a_small_closure_must_be_looked_at_and_in_a_large_one_not(dr_karimi):
    now = timezone.now()
    small, large = Seen(10, "a", now), Seen(1000, "a", now)

    assert not small.is_still(Seen(11, "b", now))
    assert small.is_still(Seen(9, "b", now))
    assert large.is_still(Seen(1020, "b", now))
    assert not large.is_still(Seen(1021, "b", now))
    assert not large.is_still(Seen(1001, "b", now + timedelta(minutes=31)))


def test_every_appointment_and_office_is_in_the_fingerprint(
    dr_karimi, sara, petition, fars, marvdasht
):
    order = order_of(dr_karimi, provinces=["07"])
    before = seen_now(order, timezone.now())
    book(sara, Slot.objects.filter(day=TOMORROW).first(), petition)
    with_one = seen_now(order, timezone.now())
    order.but_counties = [County.objects.get(code="0712").code]

    prints = {each.fingerprint for each in (before, with_one, seen_now(order, timezone.now()))}
    assert len(prints) == 3
