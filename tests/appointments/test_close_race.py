"""An office closes while its citizens book, delete and move."""

from datetime import time
from threading import Event

import pytest
from django.db import connection, transaction

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.close import LookAgain, affected_by, close_office, finish_closing
from nobat.appointments.models import Appointment, Status
from nobat.schedule.closures import close_hours, reopen
from nobat.schedule.models import Closure, Slot
from nobat.sms.models import Kind, OutgoingSms
from nobat.visits.check_in import check_in
from nobat.visits.integrity import check_integrity
from nobat.visits.models import Visit
from tests.at_once import at_once
from tests.build import TOMORROW, book, make_hours, make_person, make_slot, move

pytestmark = pytest.mark.django_db(transaction=True)
AFTERNOON = {"from_hour": time(12), "until_hour": time(16)}


@pytest.fixture
def busy_office(office):
    """Sunday from 8 to 16. Later hours bear smaller ids, so that no order of locks helps."""
    make_hours(office, [1], closes_at=time(16))
    for number in reversed(range(16)):
        make_slot(office, f"{8 + number // 2:02}:{30 * (number % 2):02}", capacity=2)
    return office


def crowd(size):
    return [make_person(mobile=f"+98912111{number:04}") for number in range(size)]


def slots_of(office):
    return list(Slot.objects.filter(office=office).order_by("starts_at"))


def close(office, by):
    """As a manager does: looks, presses, and looks again as often as need be."""
    while True:
        seen = affected_by(office=office, day=TOMORROW, **AFTERNOON).version
        try:
            return close_office(
                office=office, day=TOMORROW, reason="قطع برق", by=by, seen=seen, **AFTERNOON
            )
        except LookAgain:
            continue


def everything_is_in_order(office):
    assert affected_by(office=office, day=TOMORROW, **AFTERNOON).appointments == []
    assert [finding for finding in check_integrity() if finding.rows] == []
    displaced = Appointment.objects.filter(status=Status.DISPLACED)
    told = OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED)
    assert told.count() >= displaced.count()
    return True


@pytest.mark.parametrize("round_", range(3))
def test_nobody_stands_in_hours_that_closed_while_they_were_booked(
    bahram, busy_office, petition, round_
):
    slots = slots_of(busy_office)
    wishes = [
        (who, slots[6 + number % 9], 4 if number % 3 else 1) for number, who in enumerate(crowd(24))
    ]

    answers = at_once(
        [lambda w=wish: book(w[0], w[1], petition, cases=w[2]) for wish in wishes]
        + [lambda: close(busy_office, bahram)]
    )

    assert any(isinstance(answer, Appointment) for answer in answers)
    assert everything_is_in_order(busy_office)


@pytest.mark.parametrize("round_", range(3))
def test_deleting_and_moving_away_while_the_office_closes_give_back_every_seat_once(
    bahram, busy_office, petition, round_
):
    slots = slots_of(busy_office)
    standing = [
        (who, book(who, slots[8 + number % 8], petition)) for number, who in enumerate(crowd(16))
    ]
    deleting, moving = standing[::2], standing[1::2]

    at_once(
        [lambda s=s: cancel_appointment(appointment=s[1], by=s[0]) for s in deleting]
        + [lambda s=s, to=to: move(s[1], to) for s, to in zip(moving, slots[:8], strict=True)]
        + [lambda: close(busy_office, bahram)] * 2
    )

    assert (
        not Appointment.objects.filter(pk__in=[appointment.pk for _, appointment in deleting])
        .exclude(status=Status.CANCELLED_BY_CITIZEN)
        .exists()
    )
    assert everything_is_in_order(busy_office)


@pytest.mark.parametrize("round_", range(3))
def test_whoever_is_being_checked_in_while_the_office_closes_is_either_here_or_told(
    bahram, maryam, busy_office, petition, clock, round_
):
    slots = slots_of(busy_office)[8:]
    coming = [book(who, slots[number % 8], petition) for number, who in enumerate(crowd(16))]
    clock.move_to(slots[0].starts_at)

    at_once(
        [
            lambda each=each: check_in(appointment=each, office=busy_office, by=maryam)
            for each in coming
        ]
        + [lambda: close(busy_office, bahram)]
    )

    here = Appointment.objects.filter(status=Status.CHECKED_IN)
    told = OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED)
    assert here.count() + told.count() == 16
    assert Visit.objects.count() == here.count()
    assert everything_is_in_order(busy_office)


def test_two_managers_who_close_at_once_end_each_appointment_once(bahram, busy_office, petition):
    for number, who in enumerate(crowd(8)):
        book(who, slots_of(busy_office)[8 + number], petition)

    answers = at_once([lambda: close(busy_office, bahram)] * 4)

    assert sum(answer.displaced for answer in answers) == 8
    assert Closure.objects.count() == 1
    assert OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED).count() == 8
    assert everything_is_in_order(busy_office)


@pytest.mark.parametrize("round_", range(3))
def test_opening_again_while_it_closes_ends_nobody_afterwards(
    bahram, busy_office, petition, round_
):
    for number, who in enumerate(crowd(8)):
        book(who, slots_of(busy_office)[8 + number], petition)

    def open_again():
        while not (closure := Closure.objects.first()):
            pass
        reopen(office=busy_office, closure_id=closure.pk, by=bahram)
        return Appointment.objects.filter(status=Status.DISPLACED).count()

    closed, displaced_by_then = at_once([lambda: close(busy_office, bahram), open_again])

    assert closed.displaced == displaced_by_then
    assert [finding for finding in check_integrity() if finding.rows] == []


def test_who_is_just_deleting_gives_the_seat_back_once(bahram, sara, reza, busy_office, petition):
    """The appointment is read as standing, and is gone before it could be ended."""
    slot = slots_of(busy_office)[8]
    appointment = book(sara, slot, petition)
    here = book(reza, slot, petition)
    Appointment.objects.filter(pk=here.pk).update(status=Status.CHECKED_IN)
    closure = close_hours(
        office=busy_office, day=TOMORROW, reason="قطع برق", by=bahram, **AFTERNOON
    )
    is_deleted, is_finished = Event(), Event()

    def delete_slowly():
        with transaction.atomic():
            cancel_appointment(appointment=appointment, by=sara)
            is_deleted.set()
            wait_until(lambda: is_finished.is_set() or somebody_waits_for_a_lock())

    def finish():
        is_deleted.wait()
        displaced = finish_closing(closure=closure, by=bahram)
        is_finished.set()
        return displaced

    assert at_once([delete_slowly, finish]) == [None, 0]
    slot.refresh_from_db()
    assert slot.taken == 1


def wait_until(condition):
    while not condition():
        pass


def somebody_waits_for_a_lock():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND datname = current_database())"
        )
        return cursor.fetchone()[0]
