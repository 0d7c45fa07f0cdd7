from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from nobat.schedule.hold import (
    forget_lapsed_holds,
    hold_seats,
    keep_given_back,
    keep_no_longer_than,
    release,
)
from nobat.schedule.models import Hold, Slot
from tests.build import make_slot

pytestmark = pytest.mark.django_db
SOMEBODY, ANOTHER = 7, 8


def hold(*slots, kept_for=SOMEBODY, hours=2) -> bool:
    until = timezone.now() + timedelta(hours=hours)
    with transaction.atomic():
        return hold_seats(slot_ids=[slot.pk for slot in slots], until=until, kept_for=kept_for)


def is_free(slot, **whose) -> bool:
    return Slot.objects.free(**whose).filter(pk=slot.pk).exists()


def test_a_kept_seat_is_free_for_nobody_else(slot):
    assert hold(slot)

    assert not is_free(slot)
    assert not is_free(slot, but_for=ANOTHER)
    assert is_free(slot, but_for=SOMEBODY)
    assert not hold(slot, kept_for=ANOTHER)


def test_it_lapses_by_its_time_alone(slot, clock):
    hold(slot, hours=2)

    clock.shift(timedelta(hours=2))

    assert is_free(slot)
    assert Hold.objects.exists()


def test_an_earlier_end_of_another_hold_frees_only_its_own_seat(office, clock):
    wide = make_slot(office, "11:00", capacity=2)
    hold(wide, hours=3)
    hold(wide, kept_for=ANOTHER, hours=1)
    assert not is_free(wide)

    clock.shift(timedelta(hours=1))
    assert is_free(wide)
    assert hold(wide, kept_for=9)
    assert not is_free(wide)


def test_two_slots_are_kept_together_or_not_at_all(office, slot):
    after = make_slot(office, "10:30")
    hold(after, kept_for=ANOTHER)

    assert not hold(slot, after)
    assert is_free(slot)


def test_a_seat_given_back_is_free_for_nobody_until_its_moment(slot, clock):
    until = timezone.now() + timedelta(minutes=4)

    keep_given_back(slot_ids=[slot.pk], until=until, given_back_by=SOMEBODY)

    assert not is_free(slot)
    clock.move_to(until)
    assert is_free(slot)


def test_a_seat_left_a_moment_ago_can_be_kept_for_the_one_who_left_it(slot, clock):
    until = timezone.now() + timedelta(minutes=4)
    keep_given_back(slot_ids=[slot.pk], until=until, given_back_by=SOMEBODY)

    assert hold(slot, hours=2)

    clock.move_to(until)
    assert not is_free(slot)


def test_what_is_no_longer_wanted_is_kept_no_longer_than_said_and_not_longer_than_before(
    office, slot
):
    after = make_slot(office, "10:30")
    soon = timezone.now() + timedelta(minutes=4)
    hold(slot, hours=2)
    Hold.objects.create(slot=after, until=timezone.now(), kept_for=SOMEBODY)

    keep_no_longer_than(soon, kept_for=SOMEBODY)

    assert Hold.objects.get(slot=slot).until == soon
    assert Hold.objects.get(slot=after).until == timezone.now()


def test_what_is_released_is_free_at_once(slot):
    hold(slot)
    release(kept_for=SOMEBODY)

    assert is_free(slot)


def test_lapsed_holds_are_forgotten_a_day_later(slot, clock):
    hold(slot, hours=1)
    clock.shift(timedelta(hours=24))
    assert forget_lapsed_holds() == 0

    clock.shift(timedelta(hours=2))
    assert forget_lapsed_holds() == 1


def test_counting_agrees_with_the_function_of_the_database(slot):
    hold(slot)
    with connection.cursor() as cursor:
        cursor.execute("SELECT seats_held(%s, %s, NULL)", [slot.pk, timezone.now()])
        assert cursor.fetchone() == (1,)
