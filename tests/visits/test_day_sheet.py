import pytest
from django.utils import timezone

from nobat.appointments.models import Appointment, Status
from nobat.shared.persian import fa_digits
from nobat.shared.reference import grouped
from nobat.visits.check_in import check_in
from nobat.visits.day_sheet import EMPTY_ROWS, SheetRow, day_sheet
from nobat.visits.finish import finish_visit
from nobat.visits.models import VisitState
from nobat.visits.walk_in import walk_in
from tests.build import TOMORROW, book, make_slot


@pytest.fixture
def appointment(sara, slot, petition) -> Appointment:
    return book(sara, slot, petition)


def sheet_of(office):
    return day_sheet(office, TOMORROW, timezone.now())


def test_a_row_says_who_comes_when_and_for_what(appointment, office, sara):
    [row] = sheet_of(office).rows
    assert (row.hour, row.name) == ("۱۰:۰۰", "سارا محمدی")
    assert row.tail == fa_digits(sara.identity_tail)
    assert (row.service, row.cases) == ("تنظیم دادخواست یا شکواییه", "۱")
    assert row.reference == fa_digits(grouped(appointment.reference))


def test_what_is_filled_in_by_hand_is_empty(appointment, office):
    [row] = sheet_of(office).rows
    assert (row.came, row.number, row.result) == ("", "", "")


def test_the_head_says_office_day_how_many_and_when_it_was_printed(appointment, office):
    sheet = sheet_of(office)
    assert (sheet.office, sheet.office_code, sheet.county) == ("دفتر نارنجستان", "۱۰۲۱", "شیراز")
    assert sheet.day == "یکشنبه ۱۳ اردیبهشت ۱۴۰۵"
    assert sheet.printed == "شنبه ۱۲ اردیبهشت، ساعت ۰۸:۰۰"
    assert sheet.how_many == "۱"


def test_rows_stand_in_the_order_of_their_hours_and_each_hour_is_marked_once(
    sara, reza, office, petition
):
    later = make_slot(office, "11:00", capacity=2)
    for citizen in (sara, reza):
        book(citizen, later, petition)
    book(sara, make_slot(office, "09:00"), petition)
    book(reza, make_slot(office, "10:30"), petition)
    rows = sheet_of(office).rows
    assert [(row.hour, row.begins_an_hour) for row in rows] == [
        ("۰۹:۰۰", True),
        ("۱۰:۳۰", True),
        ("۱۱:۰۰", True),
        ("۱۱:۰۰", False),
    ]


@pytest.mark.parametrize(
    "status", [Status.CANCELLED_BY_CITIZEN, Status.DISPLACED, Status.NO_SHOW, Status.EXCUSED]
)
def test_who_is_not_expected_is_not_on_paper(appointment, office, status):
    Appointment.objects.update(status=status)
    assert sheet_of(office).rows == []


def test_other_offices_and_other_days_have_their_own_sheets(appointment, office, naser):
    assert sheet_of(naser.memberships.get().office).rows == []
    assert day_sheet(office, timezone.localdate(), timezone.now()).rows == []


def test_empty_rows_wait_for_those_without_an_appointment(office):
    sheet = sheet_of(office)
    assert sheet.walk_ins == [SheetRow()] * EMPTY_ROWS
    assert sheet.last_number == ""


def test_a_sheet_of_the_day_under_way_says_what_has_happened_so_far(
    appointment, office, maryam, petition, clock
):
    clock.move_to(appointment.starts_at)
    visit = check_in(appointment=appointment, office=office, by=maryam)
    walk_in(office=office, by=maryam, name="حسن", service=petition)
    sheet = sheet_of(office)
    assert (sheet.rows[0].came, sheet.rows[0].number, sheet.rows[0].result) == ("۱۰:۰۰", "۱", "")
    without, *empty = sheet.walk_ins
    assert (without.name, without.service) == ("حسن", petition.title)
    assert (without.came, without.number) == ("۱۰:۰۰", "۲")
    assert len(empty) == EMPTY_ROWS
    assert sheet.last_number == "۲"

    finish_visit(visit=visit, outcome=VisitState.SERVED, by=maryam)
    assert sheet_of(office).rows[0].result == "انجام شد"


def test_a_sheet_takes_two_statements(appointment, office, maryam, django_assert_num_queries):
    walk_in(office=office, by=maryam)
    with django_assert_num_queries(2):
        sheet_of(office)
