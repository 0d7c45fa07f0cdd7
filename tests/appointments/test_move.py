from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from nobat.appointments import policy
from nobat.appointments.book import AlreadyBookedThen, SlotFull, TooManyAppointments
from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, NotPossibleNow
from nobat.appointments.move import SameHour, move_appointment
from nobat.journal.models import JournalEntry
from nobat.schedule.models import Hold, Slot
from nobat.sms.models import OutgoingSms
from nobat.visits.integrity import findings
from tests.build import TOMORROW, book, make_office, make_slot, move


def taken_by_hour() -> list[int]:
    return list(Slot.objects.order_by("starts_at").values_list("taken", flat=True))


def test_moving_takes_the_new_seat_and_gives_the_old_one_back(sara, slot, petition):
    appointment = book(sara, slot, petition)
    later = make_slot(slot.office, "11:00")

    moved = move(appointment, later)

    assert taken_by_hour() == [0, 1]
    assert (moved.pk, moved.reference) == (appointment.pk, appointment.reference)
    assert (moved.slot, moved.starts_at, moved.moves) == (later, later.starts_at, 1)
    assert list(JournalEntry.objects.order_by("pk").values_list("act", flat=True)) == [
        "booked",
        "moved",
    ]
    assert OutgoingSms.objects.latest("pk").occasion == f"moved:{moved.reference}:1"


def test_a_move_that_fails_keeps_the_old_hour(sara, reza, slot, petition):
    appointment = book(sara, slot, petition)
    full = make_slot(slot.office, "11:00")
    book(reza, full, petition)

    with pytest.raises(SlotFull):
        move(appointment, full)

    assert Appointment.objects.get(pk=appointment.pk).slot == slot
    assert taken_by_hour() == [1, 1]


def test_the_same_key_moves_once(sara, slot, petition):
    appointment, later, key = book(sara, slot, petition), make_slot(slot.office, "11:00"), uuid4()

    moved = move(appointment, later, key=key)

    assert move(appointment, later, key=key) == moved
    assert Appointment.objects.get().moves == 1


def test_a_press_on_the_old_booking_page_after_a_move_books_nothing(sara, slot, petition):
    key = uuid4()
    appointment = book(sara, slot, petition, key=key)
    move(appointment, make_slot(slot.office, "11:00"))

    book(sara, slot, petition, key=key)

    assert Appointment.objects.count() == 1
    assert taken_by_hour() == [0, 1]


def test_moving_counts_the_turns_of_the_other_appointments_only(sara, office, petition):
    first, second, third = (make_slot(office, hour) for hour in ("09:00", "10:00", "11:00"))
    appointment = book(sara, first, petition)
    book(sara, second, petition)

    assert move(appointment, third).slot == third


def test_moving_keeps_the_limit_of_the_new_day(sara, office, petition):
    next_day = TOMORROW + timedelta(days=1)
    for hour in ("09:00", "10:00"):
        book(sara, make_slot(office, hour), petition)
    appointment = book(sara, make_slot(office, "09:00", day=next_day), petition)

    with pytest.raises(TooManyAppointments):
        move(appointment, make_slot(office, "11:00"))


def test_moving_into_the_hour_of_another_appointment_is_refused(sara, office, petition):
    appointment = book(sara, make_slot(office, "09:00"), petition)
    elsewhere = make_office("1022", services=[petition])
    book(sara, make_slot(elsewhere, "11:00"), petition)

    with pytest.raises(AlreadyBookedThen):
        move(appointment, make_slot(office, "11:00"))


def test_two_turns_move_by_one_into_their_own_second_hour(sara, office, petition):
    first, second, third = (make_slot(office, hour) for hour in ("09:00", "09:30", "10:00"))
    appointment = book(sara, first, petition, cases=4)

    moved = move(appointment, second)

    assert (moved.slot, moved.second_slot) == (second, third)
    assert taken_by_hour() == [0, 1, 1]


def test_fewer_cases_give_the_second_turn_back(sara, office, petition):
    first = make_slot(office, "09:00")
    make_slot(office, "09:30")
    appointment = book(sara, first, petition, cases=4)

    moved = move(appointment, first, cases=2)

    assert moved.second_slot is None
    assert taken_by_hour() == [1, 0]


def test_moving_to_the_same_hour_is_pointless(sara, slot, petition):
    with pytest.raises(SameHour):
        move(book(sara, slot, petition), slot)


def test_a_move_to_another_office_is_a_move(sara, slot, petition):
    elsewhere = make_office("1022", services=[petition])

    moved = move(book(sara, slot, petition), make_slot(elsewhere, "11:00"))

    assert moved.office == elsewhere


def test_what_has_begun_or_ended_does_not_move(sara, slot, petition, clock):
    appointment = book(sara, slot, petition)
    later = make_slot(slot.office, "11:00", day=TOMORROW + timedelta(days=3))
    clock.move_to(slot.starts_at)

    with pytest.raises(NotPossibleNow):
        move(appointment, later)


def test_a_deleted_appointment_does_not_move(sara, slot, petition):
    appointment = book(sara, slot, petition)
    cancel_appointment(appointment=appointment, by=sara)

    with pytest.raises(NotPossibleNow):
        move(appointment, make_slot(slot.office, "11:00"))


def test_moving_is_one_statement(sara, slot, petition, django_assert_num_queries):
    appointment = book(sara, slot, petition)
    appointment.service  # noqa: B018 (the page has it at hand)
    later = make_slot(slot.office, "11:00")

    with django_assert_num_queries(1):
        move_appointment(
            appointment=appointment, slot_id=later.pk, service="petition", cases=1, key=uuid4()
        )


def broken() -> list[str]:
    with connection.cursor() as cursor:
        return [finding.sentence for finding in findings(cursor) if finding.rows]


class TestWhatAMoveLeaves:
    def test_nobody_else_can_take_it_for_some_minutes(self, sara, reza, slot, petition, clock):
        appointment = book(sara, slot, petition)
        move(appointment, make_slot(slot.office, "11:00"))

        with pytest.raises(SlotFull):
            book(reza, slot, petition)
        clock.shift(policy.SEAT_COMES_BACK_AFTER[1])
        assert book(reza, slot, petition).slot == slot

    def test_whoever_moved_can_go_back_and_forth_at_once(self, sara, slot, petition):
        appointment = book(sara, slot, petition)
        later = make_slot(slot.office, "11:00")
        for there in (later, slot, later):
            appointment = move(appointment, there)
            assert appointment.slot == there
            assert broken() == []
        assert Hold.objects.get().slot == slot

        cancel_appointment(appointment=appointment, by=sara)
        assert {hold.slot for hold in Hold.objects.all()} == {slot, later}
        assert broken() == []

    def test_of_today_nothing_is_kept_because_nobody_can_book_it(self, sara, slot, petition, clock):
        appointment = book(sara, slot, petition)
        clock.move_to(slot.starts_at - timedelta(hours=1))
        move(appointment, make_slot(slot.office, "11:00", day=TOMORROW + timedelta(days=1)))

        assert not Hold.objects.exists()
