from datetime import date, timedelta

import pytest

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.schedule.decide_holiday import (
    AlreadyConfirmed,
    NoSuchHoliday,
    TooLateToDecide,
    confirm_holiday,
    remove_holiday,
)
from nobat.schedule.holidays import import_holidays
from nobat.schedule.models import Holiday, HolidayKind, Slot, WorkingDay
from nobat.schedule.publish import publish_slots
from tests.build import TOMORROW, make_hours

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 2)
TASUA_2027 = date(2027, 6, 15)


@pytest.fixture
def eid():
    return Holiday.objects.create(
        day=TOMORROW, title="عید سعید قربان", kind=HolidayKind.LUNAR, is_estimated=True
    )


def test_an_estimate_is_confirmed_once_with_who_and_when(eid, dr_karimi):
    confirm_holiday(holiday_id=eid.pk, by=dr_karimi)

    eid.refresh_from_db()
    assert (eid.is_estimated, eid.decided_by, eid.day) == (False, dr_karimi, TOMORROW)
    entry = JournalEntry.objects.get(act=Act.HOLIDAY_CONFIRMED)
    assert entry.details == {"day": "2026-05-03"}
    with pytest.raises(AlreadyConfirmed):
        confirm_holiday(holiday_id=eid.pk, by=dr_karimi)


@pytest.mark.parametrize("decide", [confirm_holiday, remove_holiday])
def test_what_is_not_there_cannot_be_decided(dr_karimi, decide):
    with pytest.raises(NoSuchHoliday):
        decide(holiday_id=999, by=dr_karimi)


def test_a_removed_day_is_a_working_day_and_its_slots_come(eid, office, dr_karimi):
    make_hours(office, range(7))
    publish_slots()
    assert not Slot.objects.filter(day=TOMORROW).exists()

    remove_holiday(holiday_id=eid.pk, by=dr_karimi)

    assert Slot.objects.filter(day=TOMORROW, is_open=True).count() == 8
    assert not Holiday.objects.filter(day=TOMORROW).exists()
    entry = JournalEntry.objects.get(act=Act.HOLIDAY_REMOVED)
    assert entry.subject == f"schedule.Holiday:{eid.pk}"
    assert entry.details == {"day": "2026-05-03", "title": "عید سعید قربان"}


def test_the_calendar_does_not_bring_back_what_people_removed(dr_karimi):
    import_holidays(years=[2027])
    tasua = Holiday.objects.get(day=TASUA_2027)

    remove_holiday(holiday_id=tasua.pk, by=dr_karimi)
    import_holidays(years=[2027])

    assert not Holiday.objects.filter(day=TASUA_2027).exists()
    assert WorkingDay.objects.get().title == "تاسوعای حسینی"


@pytest.mark.parametrize("days", [0, -10])
def test_today_and_the_past_are_settled(dr_karimi, days):
    holiday = Holiday.objects.create(day=TODAY + timedelta(days=days), title="عید")

    with pytest.raises(TooLateToDecide):
        remove_holiday(holiday_id=holiday.pk, by=dr_karimi)

    assert Holiday.objects.filter(pk=holiday.pk).exists()
    assert not WorkingDay.objects.exists()
