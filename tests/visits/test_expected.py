from datetime import date, timedelta

import pytest
from django.utils import timezone

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, Status
from nobat.appointments.receipt import Forged, NotAReceipt, receipt_text
from nobat.shared.persian import fa_digits
from nobat.shared.reference import grouped, new_reference
from nobat.visits.check_in import check_in
from nobat.visits.expected import (
    AlreadyHere,
    NobodyExpected,
    NotStanding,
    OldReceipt,
    OtherDay,
    OtherOffice,
    Unreadable,
    expected,
)
from tests.build import book, make_slot, move, national_code_for

MONDAY = date(2026, 5, 4)


def whom(office, text):
    return expected(office=office, text=text, now=timezone.now())


@pytest.fixture
def code(sara):
    return national_code_for(sara.mobile)


@pytest.fixture
def other_office(naser):
    return naser.memberships.get().office


def test_a_receipt_names_its_appointment(at_ten, office):
    assert whom(office, receipt_text(at_ten)) == [at_ten]


@pytest.mark.parametrize(
    "typed", [str, grouped, fa_digits, lambda code: f" {grouped(code)}\u200f "]
)
def test_a_tracking_code_does_however_it_is_typed(at_ten, office, typed):
    assert whom(office, typed(at_ten.reference)) == [at_ten]


@pytest.mark.parametrize(
    "typed", [str, fa_digits, lambda code: f"{code[:3]}-{code[3:9]}-{code[9]}"]
)
def test_a_national_code_does_however_it_is_typed(at_ten, office, code, typed):
    assert whom(office, typed(code)) == [at_ten]


def test_a_national_code_with_two_appointments_today_names_both(
    at_ten, sara, office, petition, code, clock
):
    clock.move_to(at_ten.starts_at - timedelta(days=1))
    second = book(sara, make_slot(office, "11:00"), petition)
    clock.move_to(at_ten.starts_at)
    assert whom(office, code) == [at_ten, second]


def test_of_two_the_one_that_is_here_already_is_not_named_again(
    at_ten, sara, office, petition, code, clock, maryam
):
    clock.move_to(at_ten.starts_at - timedelta(days=1))
    second = book(sara, make_slot(office, "11:00"), petition)
    clock.move_to(at_ten.starts_at)
    check_in(appointment=at_ten, office=office, by=maryam)
    assert whom(office, code) == [second]


def test_a_forged_receipt_is_refused(at_ten, office):
    text = receipt_text(at_ten)
    changed = text[:-1] + str((int(text[-1]) + 1) % 10)
    with pytest.raises(Forged):
        whom(office, changed)


def test_a_receipt_from_before_a_move_is_refused(appointment, office, clock):
    text = receipt_text(appointment)
    moved = move(appointment, make_slot(office, "11:00"))
    clock.move_to(moved.starts_at)
    with pytest.raises(OldReceipt):
        whom(office, text)
    assert whom(office, receipt_text(moved)) == [moved]


def test_what_was_deleted_is_refused_with_its_day(appointment, sara, office, clock):
    text = receipt_text(appointment)
    cancel_appointment(appointment=appointment, by=sara)
    clock.move_to(appointment.starts_at)
    for typed in (text, appointment.reference):
        with pytest.raises(NotStanding, match="شنبه ۱۲ اردیبهشت"):
            whom(office, typed)


@pytest.mark.parametrize("status", [Status.NO_SHOW, Status.DISPLACED, Status.EXCUSED])
def test_what_no_longer_stands_is_refused(at_ten, office, code, status):
    Appointment.objects.update(status=status)
    for typed in (at_ten.reference, code):
        with pytest.raises(NotStanding):
            whom(office, typed)


def test_who_is_here_already_is_refused_with_name_of_the_clerk_and_number(
    at_ten, office, maryam, code
):
    check_in(appointment=at_ten, office=office, by=maryam)
    for typed in (at_ten.reference, code):
        with pytest.raises(AlreadyHere, match="مریم حسینی ساعت ۱۰:۰۰ با شمارهٔ ۱"):
            whom(office, typed)


def test_another_office_is_named_to_whoever_shows_its_receipt(at_ten, other_office):
    for typed in (receipt_text(at_ten), at_ten.reference):
        with pytest.raises(OtherOffice, match="دفتر نارنجستان"):
            whom(other_office, typed)


def test_a_national_code_says_nothing_about_other_offices(at_ten, other_office, code):
    with pytest.raises(NobodyExpected):
        whom(other_office, code)


def test_another_day_is_named(appointment, office, code, clock):
    clock.move_to(appointment.starts_at - timedelta(hours=20))
    for typed in (receipt_text(appointment), appointment.reference, code):
        with pytest.raises(OtherDay, match="یکشنبه ۱۳ اردیبهشت، ساعت ۱۰:۰۰"):
            whom(office, typed)


def test_a_day_that_is_over_is_no_day_to_come_back_on(at_ten, office, clock):
    clock.shift(timedelta(days=1))
    with pytest.raises(NotStanding, match="زمان این نوبت گذشته است"):
        whom(office, at_ten.reference)


def test_a_national_code_of_nobody_is_not_expected(at_ten, office, reza):
    with pytest.raises(NobodyExpected):
        whom(office, national_code_for(reza.mobile))


def test_a_tracking_code_of_nobody_is_not_expected(office):
    with pytest.raises(NobodyExpected):
        whom(office, new_reference())


@pytest.mark.parametrize("text", ["", "سلام", "12345", "1234567890", "0" * 10, "1" * 10])
def test_what_is_no_number_of_ours_cannot_be_read(office, text):
    with pytest.raises(Unreadable):
        whom(office, text)


@pytest.mark.parametrize("text", ["9" * 100, "1" + "0" * 300, "1" * 900])
def test_a_long_number_that_is_no_receipt_is_refused(office, text):
    with pytest.raises((NotAReceipt, Forged)):
        whom(office, text)
