"""Many citizens, many tabs, one moment: races are run, not imagined."""

import time
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from nobat import appointments
from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, Status
from nobat.journal.models import JournalEntry
from nobat.schedule.models import Slot
from nobat.sms.models import OutgoingSms
from tests.at_once import at_once
from tests.build import TOMORROW, book, make_office, make_person, make_slot, move

TODAY = TOMORROW - timedelta(days=1)
TAKE_TURN = Path(appointments.__file__).with_name("take_turn.sql")

pytestmark = pytest.mark.django_db(transaction=True)


def test_fifty_citizens_and_the_last_seat(office, petition):
    slot = make_slot(office, "10:00")
    crowd = [make_person(mobile=f"+98912111{number:04}") for number in range(50)]

    answers = at_once([lambda who=who: book(who, slot, petition) for who in crowd])

    assert answers.count("SlotFull") == 49
    slot.refresh_from_db()
    assert slot.taken == Appointment.objects.count() == OutgoingSms.objects.count() == 1


def test_the_last_seats_go_to_as_many_citizens_as_there_are_seats(office, petition):
    slot = make_slot(office, "10:00", capacity=7)
    crowd = [make_person(mobile=f"+98912111{number:04}") for number in range(40)]

    answers = at_once([lambda who=who: book(who, slot, petition) for who in crowd])

    assert answers.count("SlotFull") == 33
    slot.refresh_from_db()
    assert slot.taken == Appointment.objects.count() == 7


@pytest.mark.parametrize("days_ahead", range(1, 7))
def test_many_tabs_of_one_citizen_do_not_pass_the_limit_of_two(sara, office, petition, days_ahead):
    day = TODAY + timedelta(days=days_ahead)
    slots = [make_slot(office, f"{hour:02}:00", day=day) for hour in range(8, 20)]

    answers = at_once([lambda slot=slot: book(sara, slot, petition) for slot in slots])

    assert answers.count("TooManyAppointments") == 10
    assert Appointment.objects.count() == 2


def test_two_tabs_at_two_offices_do_not_book_the_same_hour(sara, petition):
    offices = [make_office(f"10{number}", services=[petition]) for number in range(30, 40)]
    slots = [make_slot(office, "10:00") for office in offices]

    answers = at_once([lambda slot=slot: book(sara, slot, petition) for slot in slots])

    assert answers.count("AlreadyBookedThen") == 9
    assert Appointment.objects.count() == 1


def test_the_same_key_fifty_times_is_one_appointment(sara, office, petition):
    slot, key = make_slot(office, "10:00", capacity=50), uuid4()

    answers = at_once([lambda: book(sara, slot, petition, key=key)] * 50)

    assert len({appointment.reference for appointment in answers}) == 1
    slot.refresh_from_db()
    assert slot.taken == Appointment.objects.count() == JournalEntry.objects.count() == 1


def test_pairs_of_turns_that_overlap_never_deadlock_and_never_oversell(office, petition):
    slots = [make_slot(office, f"{8 + n // 2:02}:{30 * (n % 2):02}", capacity=2) for n in range(8)]
    crowd = [make_person(mobile=f"+98912111{number:04}") for number in range(32)]

    answers = at_once(
        [
            lambda who=who, first=slots[number % 7]: book(who, first, petition, cases=4)
            for number, who in enumerate(crowd)
        ]
    )

    assert set(answers) - {"SlotFull"} == set(Appointment.objects.all())
    held = [
        sum(pk in a.slot_ids for a in Appointment.objects.all()) for pk in (s.pk for s in slots)
    ]
    assert held == list(Slot.objects.order_by("starts_at").values_list("taken", flat=True))
    assert max(held) <= 2


def test_citizens_who_swap_hours_at_once_never_lose_a_seat(office, petition):
    slots = [make_slot(office, f"{hour:02}:00", capacity=2) for hour in range(8, 14)]
    crowd = [make_person(mobile=f"+98912111{number:04}") for number in range(6)]
    held = [book(who, slot, petition) for who, slot in zip(crowd, slots, strict=True)]

    at_once(
        [
            lambda a=held[n], to=slots[(n + step) % 6]: move(a, to)
            for n in range(6)
            for step in (1, 5, 3)
        ]
    )

    for slot in slots:
        slot.refresh_from_db()
        assert slot.taken == Appointment.objects.filter(slot=slot).count()


@pytest.mark.parametrize("round_", range(8))
def test_moving_and_deleting_at_once_give_back_every_seat_once(sara, office, petition, round_):
    slots = [make_slot(office, f"{hour:02}:00") for hour in range(8, 12)]
    book(sara, slots[0], petition)
    found = [Appointment.objects.get() for _ in range(6)]

    at_once(
        [lambda a=a, to=to: move(a, to) for a, to in zip(found, slots[1:], strict=False)]
        + [lambda a=a: cancel_appointment(appointment=a, by=sara) for a in found[3:]]
    )

    assert not Appointment.objects.filter(status=Status.BOOKED).exists()
    assert not Slot.objects.filter(taken__gt=0).exists()


def test_moving_to_one_hour_from_many_windows_is_one_move(sara, office, petition):
    first, there = make_slot(office, "10:00"), make_slot(office, "11:00", capacity=5)
    book(sara, first, petition)
    windows = [Appointment.objects.get() for _ in range(5)]

    answers = at_once([lambda a=a: move(a, there) for a in windows])

    there.refresh_from_db()
    assert there.taken == Appointment.objects.get().moves == 1
    assert answers.count("SameHour") == 4


@pytest.fixture
def slow_reading():
    """Whoever books stands still for a moment after looking at the slot."""
    text = TAKE_TURN.read_text(encoding="utf-8")
    reads = "SELECT s.* INTO v_first FROM schedule_slot s WHERE s.id = p_slot;"
    assert text.count(reads) == 1
    with connection.cursor() as cursor:
        cursor.execute(text.replace(reads, f"{reads} PERFORM pg_sleep(0.6);"))
        yield
        cursor.execute(text)


def test_a_seat_that_is_given_back_meanwhile_counts_once(
    sara, reza, office, petition, slow_reading
):
    slot = make_slot(office, "10:00", capacity=3)
    others = make_person(mobile="+989121110001")
    cancel_appointment(appointment=book(others, slot, petition), by=others)  # kept for minutes
    turn = book(reza, slot, petition)

    def give_back():
        time.sleep(0.3)
        cancel_appointment(appointment=turn, by=reza)

    booked, _ = at_once([lambda: book(sara, slot, petition), give_back])

    assert booked != "SlotFull"
    slot.refresh_from_db()
    assert slot.taken == 1
