from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments.models import Appointment, Status
from nobat.visits.call import call_visit
from nobat.visits.check_in import check_in
from nobat.visits.finish import finish_visit
from nobat.visits.models import Visit, VisitState
from nobat.visits.place import Place, is_running, places, running_or_coming
from nobat.visits.walk_in import walk_in
from tests.build import book, make_office, make_slot


@pytest.fixture
def at_ten(sara, slot, petition, clock) -> Appointment:
    """It is the day and the hour of Sara's appointment."""
    appointment = book(sara, slot, petition)
    clock.move_to(appointment.starts_at)
    return appointment


def read(appointment):
    return Appointment.objects.select_related("visit").get(pk=appointment.pk)


def place_of(appointment):
    return places([read(appointment)], timezone.now()).get(appointment.pk)


def test_whoever_is_expected_today_hears_how_many_wait_there_now(at_ten, office, maryam):
    for _ in range(3):
        walk_in(office=office, by=maryam)
    call_visit(visit=Visit.objects.get(number=1), by=maryam)
    assert place_of(at_ten) == Place(None, ahead=2, is_called=False)


def test_whoever_is_here_hears_the_number_and_how_many_come_before(
    at_ten, reza, office, petition, maryam, clock
):
    clock.move_to(at_ten.starts_at - timedelta(days=1))
    earlier = book(reza, make_slot(office, "09:00"), petition)
    clock.move_to(at_ten.starts_at)
    walk_in(office=office, by=maryam)
    check_in(appointment=at_ten, office=office, by=maryam)
    # Without an appointment one is served after those whose hour has come.
    assert place_of(at_ten) == Place(2, ahead=0, is_called=False)

    Visit.objects.update(hour=at_ten.starts_at)  # as if on time, after whom Reza comes
    check_in(appointment=earlier, office=office, by=maryam)
    Visit.objects.filter(appointment=earlier).update(hour=earlier.starts_at)
    assert place_of(at_ten) == Place(2, ahead=2, is_called=False)


def test_whoever_was_called_hears_it(at_ten, office, maryam):
    call_visit(visit=check_in(appointment=at_ten, office=office, by=maryam), by=maryam)
    assert place_of(at_ten) == Place(1, ahead=0, is_called=True)


def test_whoever_is_through_has_no_place(at_ten, office, maryam):
    visit = check_in(appointment=at_ten, office=office, by=maryam)
    finish_visit(visit=visit, outcome=VisitState.SERVED, by=maryam)
    assert place_of(at_ten) is None


@pytest.mark.parametrize("status", [Status.CANCELLED_BY_CITIZEN, Status.NO_SHOW, Status.DISPLACED])
def test_whoever_is_not_expected_has_no_place(at_ten, status):
    Appointment.objects.update(status=status)
    assert place_of(at_ten) is None


def test_on_another_day_there_is_no_place_and_nothing_is_asked(
    sara, slot, petition, django_assert_num_queries
):
    appointment = read(book(sara, slot, petition))
    with django_assert_num_queries(0):
        assert places([appointment], timezone.now()) == {}


def test_each_office_has_a_queue_of_its_own_and_all_are_one_statement(
    at_ten, sara, petition, maryam, office, clock, django_assert_num_queries
):
    clock.move_to(at_ten.starts_at - timedelta(days=1))
    other = make_office("1023", services=[petition])
    there = book(sara, make_slot(other, "12:00"), petition)
    clock.move_to(at_ten.starts_at)
    walk_in(office=office, by=maryam)
    both = [read(at_ten), read(there)]
    with django_assert_num_queries(1):
        found = places(both, timezone.now())
    assert [found[each.pk].ahead for each in both] == [1, 0]


def test_what_is_running_or_ahead_is_told_apart_from_what_is_over(at_ten, office, maryam, clock):
    def running():
        now = timezone.now()
        found = Appointment.objects.filter(running_or_coming(now)).exists()
        return found, is_running(read(at_ten), now)

    assert running() == (True, False)  # ahead: its hour is not over
    visit = check_in(appointment=at_ten, office=office, by=maryam)
    clock.move_to(at_ten.ends_at + timedelta(hours=1))
    assert running() == (True, True)
    finish_visit(visit=visit, outcome=VisitState.SERVED, by=maryam)
    assert running() == (False, False)


def test_a_visit_that_nobody_finished_is_over_with_its_day(at_ten, office, maryam, clock):
    check_in(appointment=at_ten, office=office, by=maryam)
    clock.shift(24 * 3600)
    now = timezone.now()
    assert not is_running(read(at_ten), now)
    assert not Appointment.objects.filter(running_or_coming(now)).exists()


def test_every_news_is_another_one_in_short():
    told = [
        Place(None, 0, is_called=False),
        Place(None, 3, is_called=False),
        Place(7, 3, is_called=False),
        Place(7, 0, is_called=False),
        Place(7, 0, is_called=True),
    ]
    assert len({place.in_short for place in told}) == len(told)
