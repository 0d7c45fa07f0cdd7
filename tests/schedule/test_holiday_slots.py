from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from nobat.offices.models import OfficeStatus
from nobat.schedule.holiday_slots import Room, open_again, room_on, shut_on
from nobat.schedule.models import Closure, Holiday, Slot
from nobat.schedule.publish import publish_slots
from tests.build import TOMORROW, make_hours, make_office

FAR = TOMORROW + timedelta(days=60)


@pytest.fixture
def published(office):
    """Eight turns of half an hour a day, each with two seats, every day of the week."""
    make_hours(office, range(7))
    publish_slots()
    return Slot.objects.filter(office=office, day=TOMORROW)


def open_slots(slots):
    return slots.filter(is_open=True).count()


def test_a_day_that_became_a_holiday_offers_nothing_and_comes_back(published):
    holiday = Holiday.objects.create(day=TOMORROW, title="عید")

    shut_on(TOMORROW, timezone.now())
    assert open_slots(published) == 0

    holiday.delete()
    open_again(TOMORROW, timezone.now())
    assert open_slots(published) == 8


def test_a_day_without_slots_yet_gets_them_in_its_time(published):
    Holiday.objects.create(day=FAR, title="عید")

    shut_on(FAR, timezone.now())
    open_again(FAR, timezone.now())

    assert not Slot.objects.filter(day=FAR).exists()


def test_the_other_days_are_left_alone(published):
    Holiday.objects.create(day=TOMORROW, title="عید")
    shut_on(TOMORROW, timezone.now())

    after = Slot.objects.filter(day=TOMORROW + timedelta(days=1))
    assert open_slots(after) == 8


def test_the_room_of_a_day_is_counted_by_the_weekly_hours(office, petition):
    make_hours(office, range(7))
    make_hours(office, range(7), opens_at=time(14), closes_at=time(15), seats=3)
    shut = make_office("1023", status=OfficeStatus.SUSPENDED)
    make_hours(shut, range(7))

    assert room_on(FAR) == Room(offices=1, turns=10, seats=22)
    assert room_on(date(2025, 1, 1)) == Room(0, 0, 0)


def test_an_office_that_closed_the_whole_day_has_no_room(office):
    make_hours(office, range(7))
    Closure.objects.create(office=office, day=TOMORROW, reason="سوگواری")

    assert room_on(TOMORROW).offices == 0
