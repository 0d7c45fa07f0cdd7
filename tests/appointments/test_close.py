from datetime import time, timedelta

import pytest
from django.db import connection

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.close import LookAgain, affected_by, close_office, finish_closing
from nobat.appointments.models import Appointment, Status, Suspension
from nobat.journal.models import JournalEntry
from nobat.schedule.closures import AlreadyClosed, NoReason, reopen
from nobat.schedule.models import Closure, Slot
from nobat.shared.jalali import hour
from nobat.sms.models import Kind, OutgoingSms
from nobat.visits.integrity import findings
from tests.build import TOMORROW, book, make_hours, make_office, make_slot, move

AFTERNOON = {"from_hour": time(12), "until_hour": time(16)}
WHOLE_DAY = {"from_hour": None, "until_hour": None}


def close(office, by, *, seen=None, day=TOMORROW, reason="قطع برق", hours=AFTERNOON):
    if seen is None:
        seen = affected_by(office=office, day=day, **hours).version
    return close_office(office=office, day=day, reason=reason, by=by, seen=seen, **hours)


@pytest.fixture
def at_noon(office):
    make_hours(office, [1], opens_at=time(8), closes_at=time(16))
    return make_slot(office, "12:00", capacity=2)


@pytest.fixture
def at_eleven(office):
    return make_slot(office, "11:00", capacity=2)


def broken():
    with connection.cursor() as cursor:
        return [found.sentence for found in findings(cursor) if found.rows]


def test_who_stands_in_the_hours_loses_the_appointment_and_gives_the_seat_back(
    bahram, sara, office, at_noon, petition
):
    appointment = book(sara, at_noon, petition)

    assert close(office, bahram).displaced == 1

    appointment.refresh_from_db()
    at_noon.refresh_from_db()
    assert (appointment.status, appointment.reason) == (Status.DISPLACED, "قطع برق")
    assert (at_noon.taken, at_noon.offered) == (0, 0)
    assert not Suspension.objects.exists()


def test_each_hears_of_it_once_and_the_journal_says_who_did_it(
    bahram, sara, office, at_noon, petition
):
    reference = book(sara, at_noon, petition).reference
    close(office, bahram)

    sms = OutgoingSms.objects.get(kind=Kind.OFFICE_CLOSED)
    assert (sms.to, sms.about) == (sara.mobile, reference)
    assert sms.occasion == f"office_closed:{reference}:0"
    assert sms.not_after == at_noon.starts_at
    entry = JournalEntry.objects.get(act="displaced")
    assert entry.by == f"people.Person:{bahram.pk}"


def test_who_comes_before_the_closed_hours_keeps_the_appointment(
    bahram, sara, reza, office, at_eleven, at_noon, petition
):
    kept, lost = book(sara, at_eleven, petition), book(reza, at_noon, petition)
    close(office, bahram)

    assert Appointment.objects.get(pk=kept.pk).status == Status.BOOKED
    assert Appointment.objects.get(pk=lost.pk).status == Status.DISPLACED


def test_two_turns_in_a_row_fall_out_if_one_of_them_does(bahram, sara, office, petition):
    first = make_slot(office, "11:30")
    make_slot(office, "12:00")
    book(sara, first, petition, cases=4)

    assert close(office, bahram).displaced == 1

    assert not Slot.objects.filter(taken__gt=0).exists()


def test_a_whole_day_can_be_closed(bahram, sara, reza, office, at_eleven, at_noon, petition):
    book(sara, at_eleven, petition)
    book(reza, at_noon, petition)

    assert close(office, bahram, hours=WHOLE_DAY).displaced == 2


def test_the_rest_of_today_can_be_closed_and_who_is_late_still_hears_of_it(
    bahram, sara, office, at_eleven, petition, clock
):
    book(sara, at_eleven, petition)
    clock.move_to(at_eleven.starts_at + timedelta(minutes=10))

    close(office, bahram, hours={"from_hour": time(11, 10), "until_hour": time(23, 59)})

    sms = OutgoingSms.objects.get(kind=Kind.OFFICE_CLOSED)
    assert sms.not_after == at_eleven.starts_at + timedelta(days=1, minutes=10)


def test_who_is_there_already_or_has_deleted_is_left_alone(
    bahram, sara, reza, office, at_noon, petition
):
    cancel_appointment(appointment=book(sara, at_noon, petition), by=sara)
    here = book(reza, at_noon, petition)
    Appointment.objects.filter(pk=here.pk).update(status=Status.CHECKED_IN)

    assert close(office, bahram).displaced == 0

    at_noon.refresh_from_db()
    assert at_noon.taken == 1


def test_appointments_of_other_offices_and_days_are_not_affected(
    bahram, sara, reza, office, petition
):
    book(sara, make_slot(office, "12:00", day=TOMORROW + timedelta(days=1)), petition)
    book(reza, make_slot(make_office("1022", services=[petition]), "12:00"), petition)

    assert affected_by(office=office, day=TOMORROW, **WHOLE_DAY).appointments == []


def test_the_preview_names_who_is_affected_in_the_order_of_the_clock(
    sara, reza, office, at_noon, petition, django_assert_num_queries
):
    book(sara, make_slot(office, "14:00"), petition)
    book(reza, at_noon, petition)

    with django_assert_num_queries(1):
        found = affected_by(office=office, day=TOMORROW, **AFTERNOON).appointments
        said = [(each.citizen.first_name, hour(each.starts_at), each.service) for each in found]

    assert said == [("رضا", "۱۲:۰۰", petition), ("سارا", "۱۴:۰۰", petition)]


def test_nobody_is_displaced_whom_the_manager_has_not_seen(
    bahram, sara, reza, office, at_noon, petition
):
    seen = affected_by(office=office, day=TOMORROW, **AFTERNOON).version
    book(sara, at_noon, petition)

    with pytest.raises(LookAgain):
        close(office, bahram, seen=seen)

    assert not Closure.objects.exists()
    at_noon.refresh_from_db()
    assert (at_noon.taken, at_noon.offered) == (1, 2)


def test_somebody_who_moved_within_the_hours_has_to_be_looked_at_again(
    bahram, sara, office, at_noon, petition
):
    appointment = book(sara, at_noon, petition)
    seen = affected_by(office=office, day=TOMORROW, **AFTERNOON).version
    move(appointment, make_slot(office, "13:00"))

    with pytest.raises(LookAgain):
        close(office, bahram, seen=seen)


def test_who_went_away_meanwhile_needs_no_second_look(
    bahram, sara, reza, office, at_noon, petition
):
    appointment = book(sara, at_noon, petition)
    book(reza, at_noon, petition)
    seen = affected_by(office=office, day=TOMORROW, **AFTERNOON).version
    cancel_appointment(appointment=appointment, by=sara)

    assert close(office, bahram, seen=seen).displaced == 1


def test_pressed_twice_it_closes_once_and_tells_each_once(bahram, sara, office, at_noon, petition):
    book(sara, at_noon, petition)
    seen = affected_by(office=office, day=TOMORROW, **AFTERNOON).version

    answers = [close(office, bahram, seen=seen).displaced for _ in range(2)]

    assert answers == [1, 0]
    assert Closure.objects.count() == 1
    assert OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED).count() == 1


def test_killed_after_any_citizen_the_same_call_does_the_rest(
    bahram, sara, reza, office, at_noon, petition, monkeypatch
):
    for citizen in (sara, reza):
        book(citizen, at_noon, petition)
    seen = affected_by(office=office, day=TOMORROW, **AFTERNOON).version
    monkeypatch.setattr("nobat.appointments.displace.queue_all", killed_at_the_second())
    with pytest.raises(KeyboardInterrupt):
        close(office, bahram, seen=seen)
    monkeypatch.undo()
    assert sorted(Appointment.objects.values_list("status", flat=True)) == ["booked", "displaced"]

    assert close(office, bahram, seen=seen).displaced == 1

    at_noon.refresh_from_db()
    assert at_noon.taken == 0
    assert OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED).count() == 1
    assert JournalEntry.objects.filter(act="displaced").count() == 2


def killed_at_the_second():
    calls = iter(range(9))

    def queue(messages):
        if next(calls):
            raise KeyboardInterrupt

    return queue


def test_once_it_is_opened_again_nobody_else_falls_out(bahram, sara, office, at_noon, petition):
    closure = close(office, bahram).closure
    reopen(office=office, closure_id=closure.pk, by=bahram)
    book(sara, at_noon, petition)

    assert finish_closing(closure=closure, by=bahram) == 0

    assert Appointment.objects.get().status == Status.BOOKED


def test_opened_again_the_seats_are_free(bahram, sara, office, at_noon, petition):
    book(sara, at_noon, petition)
    closure = close(office, bahram).closure

    reopen(office=office, closure_id=closure.pk, by=bahram)

    at_noon.refresh_from_db()
    assert (at_noon.taken, at_noon.offered) == (0, 2)


def test_a_displaced_citizen_takes_another_hour_under_the_same_tracking_code(
    bahram, sara, office, at_eleven, at_noon, petition
):
    appointment = book(sara, at_noon, petition)
    close(office, bahram)
    appointment.refresh_from_db()

    moved = move(appointment, at_eleven)

    assert (moved.pk, moved.reference) == (appointment.pk, appointment.reference)
    assert (moved.status, moved.reason, moved.slot) == (Status.BOOKED, "", at_eleven)
    assert broken() == []


def test_opened_again_a_displaced_citizen_can_take_the_very_same_hour(
    bahram, sara, office, at_noon, petition
):
    appointment = book(sara, at_noon, petition)
    reopen(office=office, closure_id=close(office, bahram).closure.pk, by=bahram)
    appointment.refresh_from_db()

    assert move(appointment, at_noon).status == Status.BOOKED


@pytest.mark.parametrize("refusal", [NoReason, AlreadyClosed])
def test_a_closure_that_is_refused_displaces_nobody(
    bahram, sara, office, at_noon, petition, refusal
):
    book(sara, at_noon, petition)
    if refusal is AlreadyClosed:
        Closure.objects.create(
            office=office,
            day=TOMORROW,
            from_hour=time(15),
            until_hour=time(17),
            reason="مراسم",
        )

    with pytest.raises(refusal):
        close(office, bahram, reason="" if refusal is NoReason else "قطع برق")

    assert Appointment.objects.get().status == Status.BOOKED
