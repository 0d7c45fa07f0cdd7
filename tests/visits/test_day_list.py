from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, Status
from nobat.visits.call import call_visit
from nobat.visits.check_in import check_in
from nobat.visits.day_list import day_list
from nobat.visits.finish import finish_visit
from nobat.visits.models import VisitState
from nobat.visits.walk_in import walk_in
from tests.build import TOMORROW, book, make_person, make_slot


def today(office):
    return day_list(office, TOMORROW, timezone.now())


def names(lines):
    return [line.name for line in lines]


@pytest.fixture
def at_noon(at_ten, clock):
    clock.move_to(at_ten.starts_at + timedelta(hours=2))
    return at_ten


def test_whoever_is_not_here_yet_is_expected(at_ten, office):
    found = today(office)
    assert names(found.expected) == ["سارا محمدی"]
    assert found.late == 0


def test_after_a_while_one_is_late(at_ten, office, clock):
    clock.shift(policy.LATE_AFTER + timedelta(seconds=1))
    assert today(office).late == 1


def test_everybody_stands_where_they_are(at_ten, office, maryam):
    here = check_in(appointment=at_ten, office=office, by=maryam)
    assert names(today(office).here) == ["سارا محمدی"]
    call_visit(visit=here, by=maryam)
    assert names(today(office).being_served) == ["سارا محمدی"]
    finish_visit(visit=here, outcome=VisitState.SERVED, by=maryam)
    found = today(office)
    assert names(found.through) == ["سارا محمدی"]
    assert not (found.here)
    assert not (found.being_served)
    assert not (found.expected)
    assert not (found.did_not_come)


def test_walk_ins_stand_in_the_same_list(at_ten, office, maryam):
    walk_in(office=office, by=maryam, name="رضا")
    check_in(appointment=at_ten, office=office, by=maryam)
    assert names(today(office).here) == ["سارا محمدی", "رضا"]


def test_who_was_through_last_stands_first(at_ten, office, maryam, clock):
    for name in ("رضا", "لیلا"):
        clock.shift(60)
        finish_visit(
            visit=walk_in(office=office, by=maryam, name=name), outcome=VisitState.SERVED, by=maryam
        )
    assert names(today(office).through) == ["لیلا", "رضا"]


def test_who_did_not_come_stands_apart(at_noon, office):
    Appointment.objects.update(status=Status.NO_SHOW)
    assert names(today(office).did_not_come) == ["سارا محمدی"]


def test_nobody_waits_for_those_who_deleted_theirs(appointment, sara, office, clock):
    cancel_appointment(appointment=appointment, by=sara)
    clock.move_to(appointment.starts_at)
    found = today(office)
    assert not (found.expected)
    assert not (found.did_not_come)


def test_other_offices_and_other_days_are_not_listed(at_ten, naser, office):
    other = naser.memberships.get().office
    assert not today(other).expected
    assert not day_list(office, TOMORROW + timedelta(days=1), timezone.now()).expected


def test_two_hundred_people_are_two_statements(
    appointment, office, petition, maryam, django_assert_num_queries
):
    slot = make_slot(office, "11:00", capacity=200)
    for number in range(200):
        book(make_person(mobile=f"+98913111{number:04}"), slot, petition)
    with django_assert_num_queries(2):
        assert len(today(office).expected) == 201
