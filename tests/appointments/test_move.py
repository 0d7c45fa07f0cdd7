from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.book import AlreadyBookedThen, SlotFull, TooManyAppointments
from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.displace import displace_appointment
from nobat.appointments.models import Appointment, NotPossibleNow
from nobat.appointments.move import (
    SameHour,
    move_appointment,
    refuse_one_move_more,
)
from nobat.journal.models import JournalEntry
from nobat.people.models import Throttle
from nobat.people.throttle import TooOften
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


def test_moving_is_one_statement_and_one_that_counts_it(
    sara, slot, petition, django_assert_num_queries
):
    appointment = book(sara, slot, petition)
    appointment.service  # noqa: B018 (the page has it at hand)
    later = make_slot(slot.office, "11:00")

    with django_assert_num_queries(4):  # two of them around the transaction
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


@pytest.fixture
def hours(office):
    """Free ones of tomorrow."""
    return [make_slot(office, f"{hour:02}:00", capacity=2) for hour in range(11, 20)]


def move_as_often_as_possible(appointment, hours):
    for there in hours[: policy.MOVES_PER_HOUR]:
        appointment = move(appointment, there)
    return appointment


def rows() -> list[list]:
    written = (Appointment, Slot, Hold, JournalEntry, OutgoingSms, Throttle)
    return [list(model.objects.order_by("pk").values()) for model in written]


class TestHowOften:
    @pytest.fixture
    def restless(self, sara, slot, petition, hours):
        """Sara's appointment, which has moved as often as it may in an hour."""
        return move_as_often_as_possible(book(sara, slot, petition), hours)

    def test_one_move_more_writes_nothing_and_says_from_when_on(self, restless, hours):
        before = rows()

        with pytest.raises(TooOften, match="از ساعت ۰۸:۳۰ دوباره") as refusal:
            move(restless, hours[-1])

        assert rows() == before
        assert (refusal.value.status, "پنج بار" in refusal.value.message) == (429, True)
        with pytest.raises(TooOften, match="از ساعت ۰۸:۳۰ دوباره"):
            refuse_one_move_more(restless, timezone.now())

    def test_when_the_hour_is_over_it_can_move_again(self, restless, hours, clock):
        clock.shift(timedelta(minutes=30))

        refuse_one_move_more(restless, timezone.now())
        assert move(restless, hours[-1]).slot == hours[-1]

    def test_it_can_still_be_deleted(self, restless, sara):
        cancel_appointment(appointment=restless, by=sara)

        assert not Appointment.objects.upcoming(timezone.now()).exists()

    def test_all_appointments_of_a_person_are_counted_together(self, restless, sara, petition):
        next_day = TOMORROW + timedelta(days=1)
        other = book(sara, make_slot(restless.office, "10:00", day=next_day), petition)

        with pytest.raises(TooOften):
            move(other, make_slot(restless.office, "11:00", day=next_day))

    def test_those_of_others_are_not(self, restless, reza, petition, hours):
        move(book(reza, hours[-2], petition), hours[-1])

    def test_pressed_twice_the_last_move_is_said_twice(self, sara, slot, petition, hours):
        appointment, key = book(sara, slot, petition), uuid4()
        *others, last = hours[: policy.MOVES_PER_HOUR]
        for there in others:
            appointment = move(appointment, there)

        assert move(appointment, last, key=key) == move(appointment, last, key=key)

    def test_a_move_that_was_refused_is_not_counted(self, sara, reza, slot, petition, hours):
        full = make_slot(slot.office, "20:00")
        book(reza, full, petition)
        appointment = book(sara, slot, petition)
        for _ in range(policy.MOVES_PER_HOUR):
            with pytest.raises(SlotFull):
                move(appointment, full)

        move_as_often_as_possible(appointment, hours)

    def test_whom_a_closure_displaced_is_never_stopped_and_not_counted(
        self, sara, slot, petition, hours
    ):
        appointment = book(sara, slot, petition)
        for there in hours[: policy.MOVES_PER_HOUR + 2]:
            displace_appointment(appointment=appointment, reason="آلودگی هوا", by=None)
            refuse_one_move_more(appointment, timezone.now())
            appointment = move(appointment, there)

        appointment = move_as_often_as_possible(appointment, hours[::-1])
        displace_appointment(appointment=appointment, reason="آلودگی هوا", by=None)
        refuse_one_move_more(appointment, timezone.now())
        assert move(appointment, hours[0]).slot == hours[0]
