from datetime import date, time

import pytest

from nobat.offices.models import OfficeStatus
from nobat.schedule.availability import Window
from nobat.schedule.models import Closure, Holiday
from nobat.schedule.offered_services import offered_services
from nobat.schedule.office_calendar import office_calendar
from nobat.shared.kept import forget
from tests.build import TOMORROW, make_hours, make_office, make_slot

FIRST, LAST = date(2026, 5, 2), date(2026, 6, 1)


WINDOW = Window(FIRST, TOMORROW, LAST)


def calendar(code="1021", *, chosen=None, turns=1):
    days = [FIRST, LAST]
    return office_calendar(
        code, WINDOW, days=days, turns=dict.fromkeys(WINDOW.days, turns), chosen=chosen
    )


def read(code="1021"):
    return calendar(code).timetable


def test_everything_of_an_office_comes_in_one_statement(office, django_assert_num_queries):
    make_hours(office, [0, 1])
    Closure.objects.create(office=office, day=TOMORROW, reason="مرخصی دفتر")
    Holiday.objects.create(day=date(2026, 5, 27), title="عید سعید قربان")

    offered_services([])  # known to this process
    with django_assert_num_queries(1):
        found = read()

    assert (found.office.pk, found.office.county.name) == (office.pk, "شیراز")

    assert [(row.weekday, row.opens_at) for row in found.week] == [(0, time(8)), (1, time(8))]
    assert (found.closures, found.closed_hours) == ({TOMORROW: "مرخصی دفتر"}, {})
    assert found.holidays[date(2026, 5, 27)] == "عید سعید قربان"


def test_the_office_is_read_with_all_its_columns(office):
    found = read().office

    for column in ("name", "manager", "address", "phone", "lat", "lon", "status"):
        assert getattr(found, column) == getattr(office, column)
    assert found.county.province_id == "07"
    assert found.county.lat == office.county.lat


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

    assert (found.week, found.closures, found.holidays) == ((), {}, {})


@pytest.mark.django_db
def test_an_unknown_office_is_not_found():
    assert calendar("9999") is None


def test_an_office_that_is_closed_for_good_is_still_found(office):
    office.status = OfficeStatus.CLOSED
    office.save()

    assert read().office.status == OfficeStatus.CLOSED


def test_what_stands_for_long_is_made_anew_only_when_it_says_something_else(office):
    first = read()
    assert read() is first

    office.phone = "07132345678"
    office.save()
    Closure.objects.create(office=office, day=TOMORROW, reason="مرخصی دفتر")

    again = read()
    assert again.office.phone == "07132345678"
    assert again.closures == {TOMORROW: "مرخصی دفتر"}
    assert first.closures == {}


def test_a_service_is_the_same_until_it_is_called_otherwise(office, petition):
    [first] = calendar().services
    forget()
    [again] = calendar().services
    assert again is first

    petition.title = "دادخواست نخستین"
    petition.save()
    forget()

    assert [each.title for each in calendar().services] == ["دادخواست نخستین"]


@pytest.mark.parametrize("turns", [1, 2])
def test_the_chosen_day_brings_its_hours_and_no_other(office, turns):
    for day in (TOMORROW, date(2026, 5, 4)):
        for begins in ("08:00", "08:30"):
            make_slot(office, begins, day=day)

    found = calendar(chosen=TOMORROW, turns=turns)

    totals = found.turns.by_day()
    assert set(totals) == {TOMORROW, date(2026, 5, 4)}
    assert totals[TOMORROW] == (2, 2, 3 - turns)
    assert {each.starts_at.day for each in found.hours} == {TOMORROW.day}
    assert len(found.hours) == 3 - turns


@pytest.mark.parametrize("chosen", [None, date(2026, 4, 1), FIRST, date(2026, 6, 2)])
def test_a_day_that_cannot_be_booked_has_no_hours(office, chosen):
    for day in (FIRST, TOMORROW, date(2026, 6, 2)):
        make_slot(office, "18:00", day=day)

    found = calendar(chosen=chosen)

    assert set(found.turns.by_day()) == {TOMORROW}
    assert found.hours == []
