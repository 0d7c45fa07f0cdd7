from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.book import (
    AlreadyBookedThen,
    KeyUsed,
    NoTurnAfter,
    OfficeNotOpen,
    ServiceNotOffered,
    SlotFull,
    Suspended,
    TooEarly,
    TooLate,
    TooManyAppointments,
    TooManyCases,
    book_appointment,
)
from nobat.appointments.models import Appointment, Status, Suspension, TurnRequest
from nobat.journal.models import JournalEntry
from nobat.offices.models import Office, OfficeStatus
from nobat.schedule.models import Slot
from nobat.shared.reference import is_reference
from nobat.sms.models import OutgoingSms
from tests.build import TOMORROW, book, make_office, make_service, make_slot


def nothing_was_written_for(citizen) -> bool:
    return not (
        Appointment.objects.filter(citizen=citizen).exists()
        or OutgoingSms.objects.filter(to=citizen.mobile).exists()
        or TurnRequest.objects.filter(citizen=citizen).exists()
        or JournalEntry.objects.filter(by=f"people.Person:{citizen.pk}").exists()
    )


def test_booking_takes_a_seat_writes_it_down_and_queues_the_confirmation(sara, slot, petition):
    appointment = book(sara, slot, petition)

    slot.refresh_from_db()
    assert (slot.taken, slot.is_open) == (1, False)
    assert is_reference(appointment.reference)
    assert (appointment.day, appointment.starts_at, appointment.ends_at) == (
        slot.day,
        slot.starts_at,
        slot.ends_at,
    )
    entry = JournalEntry.objects.get()
    assert (entry.act, entry.subject) == (
        "booked",
        f"appointments.Appointment:{appointment.pk}",
    )
    sms = OutgoingSms.objects.get()
    assert (sms.to, sms.about, sms.not_after) == (
        sara.mobile,
        appointment.reference,
        slot.starts_at,
    )
    assert sms.params["reference"] == appointment.reference


@pytest.mark.usefixtures("known_rules")
def test_booking_is_one_statement(sara, slot, petition, django_assert_num_queries):
    with django_assert_num_queries(1):
        book_appointment(citizen=sara, slot_id=slot.pk, service=petition.code, cases=1, key=uuid4())


def test_a_full_slot_refuses_and_leaves_no_trace(sara, reza, slot, petition):
    book(reza, slot, petition)

    with pytest.raises(SlotFull):
        book(sara, slot, petition)

    assert nothing_was_written_for(sara)


def test_a_slot_that_is_no_longer_offered_refuses(sara, slot, petition):
    Slot.objects.filter(pk=slot.pk).update(offered=0)

    with pytest.raises(SlotFull):
        book(sara, slot, petition)


def test_a_slot_that_does_not_exist_refuses(sara, petition):
    with pytest.raises(SlotFull):
        book_appointment(citizen=sara, slot_id=999_999, service="petition", cases=1, key=uuid4())


def test_nobody_books_for_today(sara, slot, petition, clock):
    clock.move_to(slot.starts_at.replace(hour=1))  # the same day in Tehran, before the hour

    with pytest.raises(TooEarly):
        book(sara, slot, petition)


def test_the_day_is_tehrans_day(sara, slot, petition, clock):
    five_to_midnight = slot.starts_at.replace(hour=20, minute=25) - timedelta(days=1)
    clock.move_to(five_to_midnight)  # 23:55 in Tehran

    assert book(sara, slot, petition).status == Status.BOOKED


def test_nobody_books_further_ahead_than_the_horizon(sara, reza, office, petition):
    last_day = TOMORROW - timedelta(days=1) + policy.BOOKING_HORIZON
    book(reza, make_slot(office, "10:00", day=last_day), petition)

    with pytest.raises(TooLate):
        book(sara, make_slot(office, "10:00", day=last_day + timedelta(days=1)), petition)


def test_two_turns_of_one_office_and_day_are_the_limit(sara, office, petition):
    for hour in ("09:00", "10:00"):
        book(sara, make_slot(office, hour), petition)

    with pytest.raises(TooManyAppointments):
        book(sara, make_slot(office, "11:00"), petition)


def test_the_limit_is_of_each_day_and_of_each_office(sara, office, petition):
    for hour in ("09:00", "10:00"):
        book(sara, make_slot(office, hour), petition)
    elsewhere = make_office("1022", services=[petition])

    book(sara, make_slot(office, "09:00", day=TOMORROW + timedelta(days=1)), petition)
    book(sara, make_slot(elsewhere, "11:00"), petition)


def test_an_appointment_for_four_cases_counts_as_two_turns(sara, office, petition):
    first = make_slot(office, "09:00")
    make_slot(office, "09:30")
    book(sara, first, petition, cases=4)

    with pytest.raises(TooManyAppointments):
        book(sara, make_slot(office, "11:00"), petition)


def test_nobody_is_in_two_places_at_the_same_time(sara, slot, petition):
    book(sara, slot, petition)
    elsewhere = make_office("1022", services=[petition])

    with pytest.raises(AlreadyBookedThen):
        book(sara, make_slot(elsewhere, "10:15"), petition)


@pytest.mark.parametrize("cases", [1, 2])
def test_one_or_two_cases_take_one_turn(sara, office, petition, cases):
    first, second = make_slot(office, "09:00"), make_slot(office, "09:30")

    appointment = book(sara, first, petition, cases=cases)

    assert appointment.second_slot is None
    second.refresh_from_db()
    assert second.taken == 0


@pytest.mark.parametrize("cases", [3, 4])
def test_three_or_four_cases_take_two_turns_in_a_row(sara, office, petition, cases):
    first, second = make_slot(office, "09:00"), make_slot(office, "09:30")

    appointment = book(sara, first, petition, cases=cases)

    assert appointment.second_slot == second
    assert appointment.ends_at == second.ends_at
    assert list(Slot.objects.order_by("starts_at").values_list("taken", flat=True)) == [1, 1]


def test_two_turns_are_taken_together_or_not_at_all(sara, reza, office, petition):
    first, second = make_slot(office, "09:00"), make_slot(office, "09:30")
    book(reza, second, petition)

    with pytest.raises(SlotFull):
        book(sara, first, petition, cases=3)

    first.refresh_from_db()
    assert first.taken == 0


def test_two_turns_need_a_turn_right_after(sara, office, petition):
    first = make_slot(office, "09:00")
    make_slot(office, "10:00")  # after a break

    with pytest.raises(NoTurnAfter):
        book(sara, first, petition, cases=3)


@pytest.mark.parametrize("cases", [-1, 0, 5, 1000])
def test_no_more_cases_than_two_turns_hold(sara, slot, petition, cases):
    with pytest.raises(TooManyCases):
        book(sara, slot, petition, cases=cases)


def test_an_office_gives_turns_only_for_what_it_offers(sara, slot):
    with pytest.raises(ServiceNotOffered):
        book(sara, slot, make_service("appeal", "تجدیدنظرخواهی"))


def test_a_head_of_the_tree_is_no_service(sara, slot, petition):
    petition.is_bookable = False
    petition.save()

    with pytest.raises(ServiceNotOffered):
        book(sara, slot, petition)


@pytest.mark.parametrize("status", [OfficeStatus.SUSPENDED, OfficeStatus.CLOSED])
def test_an_office_that_is_not_open_gives_no_turns(sara, slot, petition, status):
    Office.objects.update(status=status)

    with pytest.raises(OfficeNotOpen):
        book(sara, slot, petition)


def suspend(citizen, slot, petition, **fields) -> Suspension:
    cause = book(citizen, slot, petition)
    Appointment.objects.filter(pk=cause.pk).update(status=Status.NO_SHOW)
    now = timezone.now()
    values = {"starts_at": now, "until": now + policy.WEEK_WITHOUT_BOOKING, **fields}
    return Suspension.objects.create(citizen=citizen, cause=cause, **values)


def test_nobody_books_during_a_suspension_in_any_office(sara, slot, petition):
    suspension = suspend(sara, slot, petition)
    elsewhere = make_office("1022", services=[petition])

    with pytest.raises(Suspended) as refusal:
        book(sara, make_slot(elsewhere, "12:00"), petition)

    assert refusal.value.until == suspension.until
    assert "شنبه ۱۹ اردیبهشت" in refusal.value.message


def test_after_the_week_booking_is_open_again(sara, slot, petition, clock):
    suspend(sara, slot, petition)
    after = make_slot(slot.office, "12:00", day=TOMORROW + timedelta(days=10))

    clock.shift(policy.WEEK_WITHOUT_BOOKING)

    assert book(sara, after, petition).status == Status.BOOKED


def test_a_suspension_that_was_ended_stops_nobody(sara, slot, petition):
    suspend(sara, slot, petition, ended_at=timezone.now())

    assert book(sara, make_slot(slot.office, "12:00"), petition)


def test_the_same_key_gives_the_same_appointment(sara, office, petition):
    slot, key = make_slot(office, "09:00", capacity=5), uuid4()

    assert book(sara, slot, petition, key=key) == book(sara, slot, petition, key=key)
    slot.refresh_from_db()
    assert (slot.taken, Appointment.objects.count(), OutgoingSms.objects.count()) == (1, 1, 1)


def test_the_winner_of_the_last_seat_may_press_again(sara, slot, petition):
    key = uuid4()

    assert book(sara, slot, petition, key=key) == book(sara, slot, petition, key=key)


def test_the_same_key_for_another_slot_is_refused(sara, slot, petition):
    key = uuid4()
    book(sara, slot, petition, key=key)

    with pytest.raises(KeyUsed):
        book(sara, make_slot(slot.office, "11:00"), petition, key=key)


def test_a_key_belongs_to_one_citizen(sara, reza, office, petition):
    slot, key = make_slot(office, "09:00", capacity=2), uuid4()

    assert book(sara, slot, petition, key=key) != book(reza, slot, petition, key=key)


def test_a_taken_tracking_code_is_passed_over(sara, reza, office, petition, monkeypatch):
    slot = make_slot(office, "09:00", capacity=2)
    taken = book(reza, slot, petition).reference
    codes = iter([taken, "2000000004", "2", "3", "4"])
    monkeypatch.setattr("nobat.appointments.take_turn.new_reference", lambda: next(codes))

    assert book(sara, slot, petition).reference == "2000000004"
