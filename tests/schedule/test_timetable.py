from datetime import date, time

import pytest

from nobat.offices.models import OfficeStatus
from nobat.schedule.models import Closure, Holiday
from nobat.schedule.timetable import timetable
from tests.build import TOMORROW, make_hours, make_office, make_service

FIRST, LAST = date(2026, 5, 2), date(2026, 6, 1)


def read(code="1021"):
    return timetable(code, first=FIRST, last=LAST)


def test_everything_of_an_office_comes_in_one_statement(office, django_assert_num_queries):
    make_hours(office, [0, 1])
    Closure.objects.create(office=office, day=TOMORROW, reason="مرخصی دفتر")
    Holiday.objects.create(day=date(2026, 5, 27), title="عید سعید قربان")

    with django_assert_num_queries(1):
        found = read()
        assert (found.office, found.office.county.name) == (office, "شیراز")

    assert [(row.weekday, row.opens_at) for row in found.week] == [(0, time(8)), (1, time(8))]
    assert (found.closures, found.closed_hours) == ({TOMORROW: "مرخصی دفتر"}, {})
    assert found.holidays[date(2026, 5, 27)] == "عید سعید قربان"


def test_the_office_is_read_with_all_its_columns(office):
    found = read().office

    for column in ("name", "manager", "address", "phone", "lat", "lon", "status"):
        assert getattr(found, column) == getattr(office, column)
    assert found.county.province_id == "07"
    assert found.county.lat == office.county.lat


def test_only_bookable_services_are_offered_in_their_order(office, petition):
    head = make_service("head", "سرگروه", is_bookable=False)
    papers = ["شناسنامه"]
    other = make_service("other", "خدمت دیگر", parent=head, needs_sana=False, papers=papers)
    gone = make_service("gone", "خدمت برچیده", is_bookable=False)
    make_office("1022", services=[other, petition, gone])

    services = read("1022").services

    assert {service.code for service in services} == {"petition", "other"}
    offered = next(service for service in services if service.code == "other")
    assert offered.head == "سرگروه"
    assert (offered.needs_sana, offered.papers) == (False, ("شناسنامه",))


def test_closed_hours_come_in_the_order_of_the_clock(office):
    for begin in (11, 8):
        Closure.objects.create(
            office=office,
            day=TOMORROW,
            from_hour=time(begin),
            until_hour=time(begin, 30),
            reason="قطع برق",
        )

    found = read()

    assert found.closures == {}
    assert [closed.from_hour for closed in found.closed_hours[TOMORROW]] == [time(8), time(11)]


def test_days_of_others_and_outside_of_the_calendar_are_left_out(office):
    other = make_office("1022")
    make_hours(other, [0])
    Closure.objects.create(office=other, day=TOMORROW, reason="دیگری")
    Closure.objects.create(office=office, day=date(2026, 6, 2), reason="دیرتر")

    found = read()

    assert (found.week, found.closures, found.holidays) == ([], {}, {})


@pytest.mark.django_db
def test_an_unknown_office_is_not_found():
    assert read("9999") is None


def test_an_office_that_is_closed_for_good_is_still_found(office):
    office.status = OfficeStatus.CLOSED
    office.save()

    assert read().office.status == OfficeStatus.CLOSED
