from datetime import date

import pytest

from nobat.offices.models import AssociationRole
from nobat.schedule.models import Holiday, HolidayKind
from tests.build import TOMORROW, book

PAGE = "/association/holidays/"


@pytest.fixture
def eid():
    Holiday.objects.all().delete()
    return Holiday.objects.create(
        day=date(2026, 5, 27), title="عید سعید قربان", kind=HolidayKind.LUNAR, is_estimated=True
    )


def text(client, **asked):
    return client.get(PAGE, asked).content.decode()


def test_the_year_is_shown_with_what_is_still_an_estimate(karimi_works, eid):
    Holiday.objects.create(day=date(2026, 6, 5), title="قیام ۱۵ خرداد")
    page = text(karimi_works)

    assert "تعطیل‌های سال ۱۴۰۵" in page
    assert "۱ روز هنوز تخمینی است" in page
    assert "چهارشنبه ۶ خرداد" in page
    assert page.count("تخمینی</span>") == 1
    assert page.count("قطعی</span>") == 1


@pytest.mark.parametrize(("asked", "year"), [("۱۴۰۶", "۱۴۰۶"), ("9999", "۱۴۰۵"), ("²", "۱۴۰۵")])
def test_one_goes_from_year_to_year(karimi_works, eid, asked, year):
    page = text(karimi_works, year=asked)

    assert f"تعطیل‌های سال {year}" in page
    assert ("عید سعید قربان" in page) == (year == "۱۴۰۵")


def test_an_estimate_is_confirmed_and_says_by_whom(karimi_works, eid):
    answer = karimi_works.post(f"{PAGE}{eid.pk}/confirm/")

    assert answer.url == f"{PAGE}?year=1405"
    page = text(karimi_works)
    assert "تایید شد: عید سعید قربان، چهارشنبه ۶ خرداد" in page
    assert "سیمین کریمی، ۱۲ اردیبهشت" in page
    assert "تایید<span" not in page


def test_confirmed_twice_says_so(karimi_works, eid):
    for _ in range(2):
        karimi_works.post(f"{PAGE}{eid.pk}/confirm/")
    assert "پیش‌تر تایید شده است" in text(karimi_works)


def test_who_still_stands_on_a_holiday_is_counted(karimi_works, eid, sara, slot, petition):
    book(sara, slot, petition)
    Holiday.objects.create(day=TOMORROW, title="عید")

    assert "۱ نوبت هنوز روی این روز است" in text(karimi_works)


def test_what_is_over_cannot_be_changed(karimi_works, eid):
    Holiday.objects.update(day=date(2026, 5, 1))
    page = text(karimi_works)

    assert "عید سعید قربان" in page
    assert "جابه‌جایی<span" not in page


@pytest.mark.parametrize(
    ("role", "province"), [(AssociationRole.PROVINCE, "07"), (AssociationRole.READER, None)]
)
def test_who_may_not_decide_sees_no_buttons(karimi_works, dr_karimi, eid, role, province):
    assert "جابه‌جایی<span" in text(karimi_works)
    member = dr_karimi.association_member
    member.role, member.province_id = role, province
    member.save()

    page = text(karimi_works)
    for words in ("جابه‌جایی<span", "تایید<span", "افزودن تعطیل"):
        assert words not in page
