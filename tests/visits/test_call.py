import pytest

from nobat.journal.models import JournalEntry
from nobat.visits.call import NobodyWaits, call_next, call_visit, wait_again
from nobat.visits.check_in import check_in
from nobat.visits.finish import finish_visit
from nobat.visits.models import Visit, VisitChanged, VisitState
from nobat.visits.walk_in import walk_in
from tests.build import make_office


@pytest.fixture
def booked(at_ten, office, maryam):
    return check_in(appointment=at_ten, office=office, by=maryam)


def test_the_next_one_is_whose_hour_has_come(office, maryam, at_ten):
    walk_in(office=office, by=maryam)
    booked = check_in(appointment=at_ten, office=office, by=maryam)
    assert call_next(office=office, by=maryam) == booked
    stored = Visit.objects.get(pk=booked.pk)
    assert (stored.state, stored.called_at) == (VisitState.BEING_SERVED, at_ten.starts_at)
    assert JournalEntry.objects.filter(act="called", subject=f"visits.Visit:{booked.pk}").exists()


def test_calling_again_calls_the_one_after(booked, office, maryam):
    walker = walk_in(office=office, by=maryam)
    assert [call_next(office=office, by=maryam) for _ in range(2)] == [booked, walker]
    with pytest.raises(NobodyWaits):
        call_next(office=office, by=maryam)


def test_another_offices_visitors_are_not_called(booked, maryam):
    with pytest.raises(NobodyWaits):
        call_next(office=make_office("1033"), by=maryam)


def test_yesterdays_visitors_are_not_called(booked, office, maryam, clock):
    clock.shift(24 * 60 * 60)
    with pytest.raises(NobodyWaits):
        call_next(office=office, by=maryam)


def test_nobody_is_called_twice(booked, maryam):
    call_visit(visit=booked, by=maryam)
    with pytest.raises(VisitChanged):
        call_visit(visit=Visit.objects.get(), by=maryam)


def test_whoever_was_called_by_mistake_waits_at_the_old_place(booked, office, maryam):
    walk_in(office=office, by=maryam)
    call_visit(visit=booked, by=maryam)
    wait_again(visit=booked, by=maryam)
    assert Visit.objects.get(pk=booked.pk).called_at is None
    assert call_next(office=office, by=maryam) == booked


def test_whoever_left_may_come_back(booked, maryam):
    finish_visit(visit=booked, outcome=VisitState.LEFT, by=maryam)
    wait_again(visit=booked, by=maryam)
    stored = Visit.objects.get()
    assert (stored.state, stored.finished_at) == (VisitState.WAITING, None)


def test_whoever_was_served_does_not_wait_again(booked, maryam):
    finish_visit(visit=booked, outcome=VisitState.SERVED, by=maryam)
    with pytest.raises(VisitChanged):
        wait_again(visit=booked, by=maryam)
