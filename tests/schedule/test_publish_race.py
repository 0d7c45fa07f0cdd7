"""Hours change while the office is being booked."""

from datetime import date, time
from threading import Event

import pytest
from django.db import connection, transaction

from nobat.appointments.models import Appointment
from nobat.schedule.closures import close_day
from nobat.schedule.models import Slot, WeeklyHours
from nobat.schedule.publish import publish_days, publish_slots
from nobat.shared.jalali import hour
from tests.at_once import at_once
from tests.build import TOMORROW, book, make_hours, make_office, make_person, make_slot

pytestmark = pytest.mark.django_db(transaction=True)


def crowd(size):
    return [make_person(mobile=f"+98912111{number:04}") for number in range(size)]


def held_seats(slot):
    return sum(slot.pk in a.slot_ids for a in Appointment.objects.holding_a_seat())


@pytest.fixture
def busy_office(office):
    """Sunday from 8 to 12, with two seats. Later hours bear smaller ids: whoever locks by
    the clock meets whoever locks by the id."""
    make_hours(office, [1])
    for number in reversed(range(8)):
        make_slot(office, f"{8 + number // 2:02}:{30 * (number % 2):02}", capacity=2)
    return office


def publish_other_hours(office, *, rounds):
    """Each time with another number of seats, so that every slot is touched."""
    for number in range(rounds):
        WeeklyHours.objects.filter(office=office).update(seats=1 + number % 3)
        publish_days(office_ids=[office.pk], days=[TOMORROW])


@pytest.mark.parametrize("round_", range(3))
def test_twenty_citizens_book_while_seats_change(busy_office, petition, round_):
    slots = list(Slot.objects.filter(office=busy_office).order_by("starts_at"))
    # Half of them want two turns in a row.
    wishes = [
        (who, slots[number % 7], 4 if number % 2 else 1) for number, who in enumerate(crowd(20))
    ]

    answers = at_once(
        [lambda w=wish: book(w[0], w[1], petition, cases=w[2]) for wish in wishes]
        + [lambda: publish_other_hours(busy_office, rounds=12)] * 2
    )

    booked = [answer for answer in answers if isinstance(answer, Appointment)]
    assert booked
    assert set(booked) == set(Appointment.objects.all())
    for slot in Slot.objects.filter(office=busy_office):
        assert slot.taken == held_seats(slot)
        assert slot.taken <= slot.capacity <= 3


@pytest.mark.parametrize("round_", range(3))
def test_no_desk_is_promised_twice_while_turns_get_another_length(busy_office, petition, round_):
    slots = list(Slot.objects.filter(office=busy_office).order_by("starts_at"))
    wishes = [(who, slots[number % 8]) for number, who in enumerate(crowd(20))]

    def publish_shorter_turns():
        WeeklyHours.objects.filter(office=busy_office).update(minutes=20)
        publish_days(office_ids=[busy_office.pk], days=[TOMORROW])

    at_once(
        [lambda w=wish: book(w[0], w[1], petition) for wish in wishes] + [publish_shorter_turns]
    )
    for slot in Slot.objects.filter(office=busy_office, offered__gt=0):
        overlapping = Appointment.objects.filter(
            starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at
        ).exclude(slot=slot)
        assert slot.offered + overlapping.count() <= 2
    for appointment in Appointment.objects.select_related("slot"):
        assert appointment.ends_at == appointment.slot.ends_at


def test_a_turn_whose_length_changes_while_it_is_being_booked_is_refused(
    sara, busy_office, petition
):
    """Booking has read the slot and waits for its citizen; then the slot changes."""
    slot = Slot.objects.get(office=busy_office, starts_at__hour=8, starts_at__minute=0)
    is_held = Event()

    def change_while_booking_waits():
        with transaction.atomic():
            sara.lock()
            is_held.set()
            wait_until(somebody_waits_for_a_lock)
            WeeklyHours.objects.filter(office=busy_office).update(minutes=20)
            publish_days(office_ids=[busy_office.pk], days=[TOMORROW])

    def book_meanwhile():
        is_held.wait()
        return book(sara, slot, petition)

    assert at_once([change_while_booking_waits, book_meanwhile]) == [None, "SlotFull"]

    slot.refresh_from_db()
    assert (hour(slot.ends_at), slot.taken) == ("۰۸:۲۰", 0)


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


def test_a_day_that_is_just_being_closed_is_not_published_by_the_job(maryam, office):
    make_hours(office, [1])
    is_closed, is_published = Event(), Event()

    def close():
        with transaction.atomic():
            close_day(office=office, day=TOMORROW, reason="قطع برق", by=maryam)
            is_closed.set()
            wait_until(lambda: is_published.is_set() or somebody_waits_for_a_lock())

    def publish():
        is_closed.wait()
        publish_slots()
        is_published.set()

    at_once([close, publish])

    assert Slot.objects.filter(offered__gt=0).exists()
    assert not Slot.objects.filter(day=TOMORROW, offered__gt=0).exists()


def test_publishers_on_two_machines_make_every_slot_once(office):
    others = [make_office(f"11{number:02}") for number in range(20)]
    for each in [office, *others]:
        make_hours(each, range(7), valid_from=date(2026, 1, 1), opens_at=time(8))

    answers = at_once([publish_slots] * 4)

    assert sum(answer.added for answer in answers) == Slot.objects.count() == 21 * 35 * 8
