import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nobat.offices.models import Office
from nobat.schedule.first_free import (
    first_free_hours,
    nearest_with_free,
    some_with_first_free,
    with_first_free,
)
from nobat.schedule.models import Hold, Slot
from tests.build import TOMORROW, make_office, make_slot

pytestmark = pytest.mark.django_db

LAST = TOMORROW + timedelta(days=29)


def first_free(*, first: date = TOMORROW, last: date = LAST) -> dict:
    """Both ways of asking, which have to say the same."""
    offices = with_first_free(Office.objects.all(), first=first, last=last)
    found = {office.code: office.first_free_at for office in offices}
    hours = first_free_hours((office.pk for office in offices), first=first, last=last)
    assert {office.code: hours.get(office.pk) for office in offices} == found
    return found


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


# ------------------------------------------------- of some offices among many


def make_random_office(code: str, luck: random.Random) -> Office:
    """With hours that are free, full, shut, kept for somebody or outside the days."""
    office = make_office(code)
    now = timezone.now()
    for number in range(luck.randrange(4)):
        day = TOMORROW + timedelta(days=luck.choice([-1, 0, 3, 29, 30]))
        slot = make_slot(office, f"{8 + number:02}:00", day=day)
        state = luck.choice(["free", "full", "shut", "kept", "kept no more"])
        changes = {"full": {"taken": 1}, "shut": {"offered": 0}}.get(state, {})
        if state.startswith("kept"):
            until = now + timedelta(hours=1 if state == "kept" else -1)
            Hold.objects.create(slot=slot, until=until, kept_for=number)
            changes = {"held_until": until}
        Slot.objects.filter(pk=slot.pk).update(**changes or {"taken": 0})
    return office


def plainly_first_free(office: Office):
    """Slot by slot, as one would look it up in a book."""
    now = timezone.now()
    for slot in Slot.objects.filter(office=office).order_by("starts_at"):
        kept = Hold.objects.filter(slot=slot, until__gt=now).count()
        if slot.offered - slot.taken - kept > 0 and TOMORROW <= slot.day <= LAST:
            return slot.starts_at
    return None


@pytest.mark.parametrize("seed", range(5))
def test_pages_and_the_nearest_say_what_looking_at_every_slot_says(seed):
    luck = random.Random(seed)
    for number in range(30):
        make_random_office(f"{2000 + number}", luck)
    offices = Office.objects.order_by("-code")
    plain = [(office.code, plainly_first_free(office)) for office in offices]

    pages = [
        (office.code, office.first_free_at)
        for start in range(0, 35, 7)
        for office in some_with_first_free(offices, start=start, count=7, first=TOMORROW, last=LAST)
    ]
    for count in (1, 5, 40):
        nearest = nearest_with_free(offices, count=count, first=TOMORROW, last=LAST)
        free = [(code, moment) for code, moment in plain if moment]
        assert [(each.code, each.first_free_at) for each in nearest] == free[:count]

    assert pages == plain


def test_the_nearest_are_found_behind_many_that_are_full(office):
    for number in range(60):
        make_office(f"{2000 + number}")
    last = make_office("9999")
    make_slot(last, "09:00")

    found = nearest_with_free(Office.objects.order_by("code"), count=2, first=TOMORROW, last=LAST)

    assert found == [last]


def test_a_page_takes_one_statement_wherever_it_stands(office):
    offices = Office.objects.order_by("code")
    with CaptureQueriesContext(connection) as queries:
        for start in (0, 20):
            some_with_first_free(offices, start=start, count=20, first=TOMORROW, last=LAST)

    assert len(queries) == 2
