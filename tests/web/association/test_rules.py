from datetime import timedelta

import pytest

from nobat.offices.models import AssociationRole
from tests.build import make_rule, sign_in_staff

PAGE = "/association/rules/"


@pytest.fixture
def text(karimi_works):
    return lambda: karimi_works.get(PAGE).content.decode()


def test_the_page_shows_the_numbers_of_today_and_where_they_come_from(text):
    page = text()

    for words in ("پرونده در هر نوبت", "دو پرونده", "قاعدهٔ ۴ منتشرشده", "۳۰ روز", "از آغاز"):
        assert words in page
    assert "هنوز هیچ قاعده‌ای عوض نشده است" in page


def test_what_comes_stands_with_who_when_and_why(text, dr_karimi):
    make_rule("cases_per_turn", 3, by=dr_karimi)
    page = text()

    assert "از یکشنبه ۱۳ اردیبهشت ۱۴۰۵: پرونده در هر نوبت، سه پرونده" in page
    assert "سیمین کریمی، شنبه ۱۲ اردیبهشت ساعت ۰۸:۰۰" in page
    assert "آزمایش" in page
    assert "از یکشنبه ۱۳ اردیبهشت: سه پرونده" in page  # beside today's number


def test_what_has_begun_is_todays_number_and_history(text, dr_karimi, karimi_works, clock):
    make_rule("late_after", 20, by=dr_karimi)
    make_rule("late_after", 25, by=dr_karimi)
    clock.shift(timedelta(days=1))
    sign_in_staff(karimi_works, dr_karimi)
    page = text()

    assert "<strong>۲۵ دقیقه</strong>" in page
    assert "یکشنبه ۱۳ اردیبهشت ۱۴۰۵" in page
    assert "آغاز نشد" in page
    assert "هیچ قاعده‌ای برای روزهای پیش رو عوض نشده است" in page


@pytest.mark.parametrize(
    ("role", "province"), [(AssociationRole.PROVINCE, "07"), (AssociationRole.READER, None)]
)
def test_who_may_not_change_a_rule_sees_no_button(text, dr_karimi, role, province):
    assert "تغییر<span" in text()
    member = dr_karimi.association_member
    member.role, member.province_id = role, province
    member.save()

    assert "تغییر<span" not in text()
