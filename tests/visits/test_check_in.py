from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.models import Appointment, NotPossibleNow, Status, Suspension
from nobat.journal.models import JournalEntry
from nobat.sms.models import Kind, OutgoingSms
from nobat.visits.call import call_visit
from nobat.visits.check_in import check_in, undo_check_in
from nobat.visits.expected import AlreadyHere, NotStanding, OtherDay, OtherOffice
from nobat.visits.models import OfficeDay, Visit, VisitChanged, VisitState
from tests.build import book, close, make_slot, make_visit, move


@pytest.fixture
def appointment(sara, slot, petition) -> Appointment:
    return book(sara, slot, petition)


@pytest.fixture
def on_the_day(appointment, clock):
    """Ten minutes before the hour."""
    clock.move_to(appointment.starts_at.replace(minute=20, hour=6))
    return appointment


def status_of(appointment):
    return Appointment.objects.get(pk=appointment.pk).status


def test_whoever_comes_gets_the_next_number_and_is_written_down(on_the_day, office, maryam):
    visit = check_in(appointment=on_the_day, office=office, by=maryam)

    stored = Visit.objects.get()
    assert (stored.pk, stored.number, stored.state) == (visit.pk, 1, VisitState.WAITING)
    assert (stored.appointment, stored.recorded_by) == (on_the_day, maryam)
    assert status_of(on_the_day) == Status.CHECKED_IN
    entry = JournalEntry.objects.get(act="checked_in")
    assert entry.by == f"people.Person:{maryam.pk}"
    assert entry.details["number"] == 1


def test_numbers_go_on_through_the_day(on_the_day, reza, office, petition, maryam, clock):
    clock.move_to(timezone.now() - timedelta(days=1))
    second = book(reza, make_slot(office, "10:30"), petition)
    clock.move_to(on_the_day.starts_at)
    numbers = [
        check_in(appointment=each, office=office, by=maryam).number for each in (on_the_day, second)
    ]
    assert numbers == [1, 2]
    assert OfficeDay.objects.get().last_number == 2


def test_checking_in_is_one_statement(on_the_day, office, maryam):
    policy.rules_on(on_the_day.day)  # this process has asked for them before
    with CaptureQueriesContext(connection) as statements:
        check_in(appointment=on_the_day, office=office, by=maryam)
    assert len(statements) == 1


def test_whoever_is_on_time_is_served_by_the_hour_of_the_appointment(on_the_day, office, maryam):
    visit = check_in(appointment=on_the_day, office=office, by=maryam)
    assert visit.hour == on_the_day.starts_at


def test_whoever_is_late_is_served_by_the_hour_of_coming(on_the_day, office, maryam, clock):
    clock.move_to(on_the_day.starts_at + policy.LATE_AFTER * 2)
    visit = check_in(appointment=on_the_day, office=office, by=maryam)
    assert visit.hour == timezone.now() == visit.arrived_at


def test_a_second_check_in_is_refused(on_the_day, office, maryam):
    check_in(appointment=on_the_day, office=office, by=maryam)
    with pytest.raises(AlreadyHere):
        check_in(appointment=Appointment.objects.get(), office=office, by=maryam)
    assert Visit.objects.count() == 1


def test_what_changed_since_the_clerk_looked_is_refused(on_the_day, office, maryam):
    Appointment.objects.update(status=Status.CANCELLED_BY_CITIZEN)  # on_the_day still says booked
    with pytest.raises(NotStanding):
        check_in(appointment=on_the_day, office=office, by=maryam)
    assert not Visit.objects.exists()


def test_one_that_was_moved_since_the_clerk_looked_is_refused(on_the_day, office, maryam):
    Appointment.objects.update(moves=1)
    with pytest.raises(NotPossibleNow):
        check_in(appointment=on_the_day, office=office, by=maryam)
    assert status_of(on_the_day) == Status.BOOKED


def test_nobody_is_checked_in_on_another_day(appointment, office, maryam):
    with pytest.raises(OtherDay):
        check_in(appointment=appointment, office=office, by=maryam)


def test_nobody_is_checked_in_at_another_office(on_the_day, naser):
    with pytest.raises(OtherOffice):
        check_in(appointment=on_the_day, office=naser.memberships.get().office, by=naser)
    assert status_of(on_the_day) == Status.BOOKED


def test_a_mistake_is_taken_back_and_its_number_given_to_nobody(on_the_day, office, maryam):
    undo_check_in(visit=check_in(appointment=on_the_day, office=office, by=maryam), by=maryam)
    assert status_of(on_the_day) == Status.BOOKED
    again = check_in(appointment=Appointment.objects.get(), office=office, by=maryam)
    assert again.number == 2


def test_taken_back_after_the_hour_has_closed_it_falls_out_like_all_others(
    on_the_day, office, maryam
):
    visit = check_in(appointment=on_the_day, office=office, by=maryam)
    close(office, by=maryam, day=on_the_day.day)
    assert status_of(on_the_day) == Status.CHECKED_IN

    undo_check_in(visit=visit, by=maryam)

    assert status_of(on_the_day) == Status.DISPLACED
    assert OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED).count() == 1


def test_whoever_was_called_is_no_mistake(on_the_day, office, maryam):
    visit = check_in(appointment=on_the_day, office=office, by=maryam)
    call_visit(visit=visit, by=maryam)
    with pytest.raises(VisitChanged):
        undo_check_in(visit=visit, by=maryam)
    assert status_of(on_the_day) == Status.CHECKED_IN


def test_after_a_move_the_new_day_counts(appointment, office, maryam, clock):
    later = move(appointment, make_slot(office, "10:00", day=date(2026, 5, 4)))
    clock.move_to(later.starts_at)
    assert check_in(appointment=later, office=office, by=maryam).number == 1


def test_what_ended_a_week_without_booking_is_not_taken_back(on_the_day, office, maryam):
    visit = check_in(appointment=on_the_day, office=office, by=maryam)
    now = timezone.now()
    Suspension.objects.create(
        citizen=on_the_day.citizen, cause=on_the_day, starts_at=now, until=now + timedelta(days=7)
    )
    with pytest.raises(VisitChanged):
        undo_check_in(visit=visit, by=maryam)
    assert status_of(on_the_day) == Status.CHECKED_IN


def test_who_came_without_an_appointment_has_none_to_go_back_to(office, maryam):
    visit = make_visit(office, by=maryam, state=VisitState.WAITING)

    with pytest.raises(VisitChanged):
        undo_check_in(visit=visit, by=maryam)

    assert Visit.objects.get().state == VisitState.WAITING
