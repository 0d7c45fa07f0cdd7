from datetime import date, timedelta

import pytest
from django.utils import timezone

from nobat.schedule.holidays import import_holidays, import_holidays_ahead, kind_of
from nobat.schedule.models import Holiday, HolidayKind, WorkingDay
from nobat.schedule.publish import publish_slots_ahead
from nobat.shared.jalali import from_jalali
from tests.build import make_hours

pytestmark = pytest.mark.django_db

TASUA_2027 = date(2027, 6, 15)


def test_nowruz_and_the_last_days_of_the_year_are_holidays():
    import_holidays(years=[2025, 2026])

    days = set(Holiday.objects.values_list("day", flat=True))
    assert from_jalali(1403, 12, 29) in days  # oil
    assert {from_jalali(1404, 1, number) for number in (1, 2, 3, 4, 12, 13)} <= days
    assert from_jalali(1404, 12, 29) in days


def test_a_lunar_day_of_the_years_ahead_is_an_estimate():
    import_holidays(years=[2027])

    tasua = Holiday.objects.get(day=TASUA_2027)
    assert (tasua.title, tasua.is_estimated) == ("تاسوعای حسینی", True)
    assert not Holiday.objects.get(day=from_jalali(1406, 1, 1)).is_estimated


def test_a_day_of_two_occasions_names_both_and_is_certain_if_one_is():
    import_holidays(years=[2033])

    nowruz = Holiday.objects.get(day=date(2033, 3, 20))
    assert (nowruz.title, nowruz.is_estimated) == ("جشن نوروز، عید سعید غدیر خم", False)


def test_titles_are_written_as_people_read_them():
    import_holidays(years=[2026, 2027])

    assert Holiday.objects.filter(title="قیام ۱۵ خرداد").exists()
    for title in Holiday.objects.values_list("title", flat=True):
        assert not set(title) & set("0123456789;؛يك")
        assert "تخمینی" not in title
        assert "علیه السلام" not in title


def test_importing_again_adds_nothing():
    assert import_holidays(years=[2026]) > 0
    assert import_holidays(years=[2026]) == 0


def test_what_people_confirmed_stays_as_they_wrote_it():
    Holiday.objects.create(day=TASUA_2027, title="تاسوعا", is_estimated=False)

    import_holidays(years=[2027])

    tasua = Holiday.objects.get(day=TASUA_2027)
    assert (tasua.title, tasua.is_estimated) == ("تاسوعا", False)


def test_the_title_of_an_estimate_follows_the_calendar():
    Holiday.objects.create(day=TASUA_2027, title="؟", is_estimated=True)

    import_holidays(years=[2027])

    assert Holiday.objects.get(day=TASUA_2027).title == "تاسوعای حسینی"


def test_a_fresh_system_has_the_holidays_of_this_year_and_the_next(office):
    make_hours(office, range(7))

    publish_slots_ahead()

    years = {day.year for day in Holiday.objects.values_list("day", flat=True)}
    assert years == {2026, 2027}


def test_an_estimate_that_people_moved_does_not_come_back_by_itself():
    import_holidays_ahead()
    Holiday.objects.filter(day=TASUA_2027).update(day=TASUA_2027 + timedelta(days=10))

    assert import_holidays_ahead() == 0
    assert not Holiday.objects.filter(day=TASUA_2027).exists()


def test_each_day_knows_whether_it_goes_by_the_sun_or_by_the_moon():
    import_holidays(years=[2026, 2027])

    kinds = dict(Holiday.objects.values_list("title", "kind"))
    assert kinds["قیام ۱۵ خرداد"] == HolidayKind.SOLAR
    assert kinds["تاسوعای حسینی"] == HolidayKind.LUNAR
    estimated = Holiday.objects.filter(is_estimated=True)
    assert set(estimated.values_list("kind", flat=True)) == {HolidayKind.LUNAR}
    assert kind_of("جشن نوروز، عید سعید غدیر خم") == HolidayKind.SOLAR
    assert kind_of("تعطیلی عمومی") == HolidayKind.DECREED


def test_a_day_that_people_freed_is_not_imported_again(dr_karimi):
    WorkingDay.objects.create(
        day=TASUA_2027, title="تاسوعا", decided_by=dr_karimi, decided_at=timezone.now()
    )
    import_holidays(years=[2027])

    assert not Holiday.objects.filter(day=TASUA_2027).exists()
