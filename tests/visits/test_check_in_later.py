from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, Status, Suspension
from nobat.appointments.no_show import mark_no_show
from nobat.appointments.receipt import Forged, NotAReceipt, receipt_text
from nobat.journal.models import JournalEntry
from nobat.visits.check_in import check_in
from nobat.visits.check_in_later import (
    SENT_WITHIN,
    SentTooLate,
    WrongMoment,
    check_in_later,
)
from nobat.visits.expected import AlreadyHere, NotStanding, OldReceipt, OtherDay, OtherOffice
from nobat.visits.models import OfficeDay, Visit
from tests.at_once import at_once
from tests.build import book, make_slot, move


@pytest.fixture
def appointment(sara, slot, petition) -> Appointment:
    return book(sara, slot, petition)


@pytest.fixture
def receipt(appointment) -> str:
    return receipt_text(appointment)


@pytest.fixture
def scanned_at(appointment, receipt, clock):
    """Ten minutes before the hour; the network is back an hour later."""
    moment = appointment.starts_at - timedelta(minutes=10)
    clock.move_to(moment + timedelta(hours=1))
    return moment


def test_whoever_was_scanned_without_a_network_came_at_that_moment(
    scanned_at, receipt, office, maryam, appointment
):
    visit = check_in_later(office=office, receipt=receipt, arrived_at=scanned_at, by=maryam)

    stored = Visit.objects.get()
    assert (stored.pk, stored.number, stored.arrived_at) == (visit.pk, 1, scanned_at)
    assert stored.hour == appointment.starts_at  # on time, though we heard of it late
    assert Appointment.objects.get().status == Status.CHECKED_IN
    entry = JournalEntry.objects.get(act="checked_in")
    assert entry.at == timezone.now()


def test_the_same_scan_sent_again_is_one_visit(scanned_at, receipt, office, maryam):
    first, again = (
        check_in_later(office=office, receipt=receipt, arrived_at=scanned_at, by=maryam)
        for _ in range(2)
    )
    assert first.number == again.number == 1
    assert Visit.objects.count() == OfficeDay.objects.get().last_number == 1


def test_another_scan_of_the_same_receipt_is_told(scanned_at, receipt, office, maryam):
    check_in_later(office=office, receipt=receipt, arrived_at=scanned_at, by=maryam)
    with pytest.raises(AlreadyHere):
        check_in_later(
            office=office, receipt=receipt, arrived_at=scanned_at + timedelta(seconds=9), by=maryam
        )


def test_whoever_was_meanwhile_checked_in_online_is_told(
    scanned_at, receipt, office, maryam, appointment
):
    check_in(appointment=appointment, office=office, by=maryam)
    with pytest.raises(AlreadyHere):
        check_in_later(office=office, receipt=receipt, arrived_at=scanned_at, by=maryam)


def test_one_that_its_owner_had_deleted_is_refused(
    appointment, receipt, office, maryam, sara, clock
):
    cancel_appointment(appointment=appointment, by=sara)
    clock.move_to(appointment.starts_at)
    with pytest.raises(NotStanding):
        check_in_later(office=office, receipt=receipt, arrived_at=timezone.now(), by=maryam)


def test_a_receipt_from_before_a_move_is_refused(appointment, receipt, office, maryam, clock):
    moved = move(appointment, make_slot(office, "11:00"))
    clock.move_to(moved.starts_at)
    with pytest.raises(OldReceipt):
        check_in_later(office=office, receipt=receipt, arrived_at=timezone.now(), by=maryam)


@pytest.mark.parametrize(("hours", "refusal"), [(-24, OtherDay), (24, NotStanding)])
def test_only_the_day_of_the_appointment_counts(
    appointment, receipt, office, maryam, clock, hours, refusal
):
    clock.move_to(appointment.starts_at + timedelta(hours=hours))
    with pytest.raises(refusal):
        check_in_later(office=office, receipt=receipt, arrived_at=timezone.now(), by=maryam)


def test_what_is_sent_the_next_morning_belongs_to_the_day_of_the_scan(
    scanned_at, receipt, office, maryam, clock
):
    clock.move_to(scanned_at + timedelta(hours=22))
    check_in_later(office=office, receipt=receipt, arrived_at=scanned_at, by=maryam)
    assert Visit.objects.get().day == OfficeDay.objects.get().day == scanned_at.date()


def test_after_two_days_it_is_too_late(scanned_at, receipt, office, maryam, clock):
    clock.move_to(scanned_at + SENT_WITHIN + timedelta(seconds=1))
    with pytest.raises(SentTooLate):
        check_in_later(office=office, receipt=receipt, arrived_at=scanned_at, by=maryam)


def test_nobody_came_in_the_future(appointment, receipt, office, maryam, clock):
    clock.move_to(appointment.starts_at - timedelta(hours=1))
    with pytest.raises(WrongMoment):
        check_in_later(office=office, receipt=receipt, arrived_at=appointment.starts_at, by=maryam)


def test_the_receipt_of_another_office_is_refused(scanned_at, receipt, naser):
    with pytest.raises(OtherOffice):
        check_in_later(
            office=naser.memberships.get().office,
            receipt=receipt,
            arrived_at=scanned_at,
            by=naser,
        )
    assert not Visit.objects.exists()


def test_a_forged_receipt_is_refused(scanned_at, receipt, office, maryam):
    forged = receipt[:-1] + str((int(receipt[-1]) + 1) % 10)
    with pytest.raises(Forged):
        check_in_later(office=office, receipt=forged, arrived_at=scanned_at, by=maryam)


def test_a_tracking_code_proves_nothing_afterwards(scanned_at, appointment, office, maryam):
    with pytest.raises(NotAReceipt):
        check_in_later(
            office=office, receipt=appointment.reference, arrived_at=scanned_at, by=maryam
        )


def test_what_counted_as_a_no_show_meanwhile_ends_the_week(
    scanned_at, receipt, appointment, office, maryam, clock
):
    later = appointment.ends_at + timedelta(hours=3)
    clock.move_to(later)
    mark_no_show(appointment=appointment)

    visit = check_in_later(office=office, receipt=receipt, arrived_at=scanned_at, by=maryam)

    assert (visit.number, visit.arrived_at) == (1, scanned_at)
    assert Appointment.objects.get().status == Status.CHECKED_IN
    assert Suspension.objects.get().ended_at == later
    again = check_in_later(office=office, receipt=receipt, arrived_at=scanned_at, by=maryam)
    assert again == visit


@pytest.mark.django_db(transaction=True)
def test_two_pages_that_send_the_same_scan_at_once_make_one_visit(
    scanned_at, receipt, office, maryam
):
    def send():
        return check_in_later(
            office=office, receipt=receipt, arrived_at=scanned_at, by=maryam
        ).number

    assert at_once([send] * 6) == [1] * 6
    assert Visit.objects.count() == 1
