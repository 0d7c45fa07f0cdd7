from datetime import date, timedelta

import pytest

from nobat.offices.models import Office
from nobat.schedule.first_free import with_first_free
from nobat.schedule.models import Slot
from tests.build import TOMORROW, make_office, make_slot

pytestmark = pytest.mark.django_db

LAST = TOMORROW + timedelta(days=29)


def first_free(*, first: date = TOMORROW, last: date = LAST) -> dict:
    offices = with_first_free(Office.objects.all(), first=first, last=last)
    return {office.code: office.first_free_at for office in offices}


def test_each_office_has_its_own_first_free_hour(office):
    other = make_office("1022")
    make_slot(office, "11:00", day=TOMORROW + timedelta(days=2))
    earlier = make_slot(office, "12:00")
    make_slot(other, "09:00", day=TOMORROW + timedelta(days=5))
    morning = make_slot(other, "08:00", day=TOMORROW + timedelta(days=5))

    assert first_free() == {"1021": earlier.starts_at, "1022": morning.starts_at}


def test_a_full_hour_is_not_free(office):
    full = make_slot(office, "08:00")
    free = make_slot(office, "09:00")
    Slot.objects.filter(pk=full.pk).update(taken=1)

    assert first_free() == {"1021": free.starts_at}


def test_an_hour_that_is_not_offered_is_not_free(office):
    shut = make_slot(office, "08:00")
    Slot.objects.filter(pk=shut.pk).update(offered=0)

    assert first_free() == {"1021": None}


def test_only_the_days_from_the_first_to_the_last_count(office):
    make_slot(office, "23:30", day=TOMORROW - timedelta(days=1))
    make_slot(office, "00:00", day=LAST + timedelta(days=1))

    assert first_free() == {"1021": None}

    last = make_slot(office, "23:30", day=LAST)
    assert first_free() == {"1021": last.starts_at}
    first = make_slot(office, "00:00")
    assert first_free() == {"1021": first.starts_at}
