"""The manager closes an afternoon; a citizen takes what is kept for them in one press."""

from datetime import time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from nobat.appointments.models import Appointment, Status
from nobat.offices.models import Role
from nobat.people.models import Person
from nobat.schedule.models import Closure, Slot
from nobat.shared.jalali import TEHRAN, long_day, tehran_day
from tests.browser.association import work_as
from tests.browser.country import newest_sms
from tests.browser.test_accessibility import violations
from tests.browser.walk import sign_in_with_password
from tests.build import PASSWORD, book, close, make_person, make_staff

SARA = "+989120000001"


@pytest.fixture
def sara(country) -> Person:
    return make_person("سارا", "محمدی", mobile=SARA)


@pytest.fixture
def bahram(country) -> Person:
    return make_staff(country.office, "بهرام", "کیانی", mobile="+989120000004", role=Role.MANAGER)


@pytest.fixture
def at_noon(country, sara) -> Appointment:
    """Of the day after tomorrow, which is open from eight to two like every day."""
    day = tehran_day(timezone.now()) + timedelta(days=2)
    slots = Slot.objects.filter(office=country.office, day=day)
    slot = next(s for s in slots if s.starts_at.astimezone(TEHRAN).time() == time(12))
    return book(sara, slot, country.service)


def test_the_manager_closes_an_afternoon_and_the_citizen_takes_another_hour(
    page, live_server, bahram, at_noon
):
    work_as(page, bahram, live_server)
    close_the_afternoon(page, at_noon)

    at_noon.refresh_from_db()
    assert at_noon.status == Status.DISPLACED
    assert Closure.objects.get().from_hour == time(11, 30)
    assert "بسته است" in newest_sms(SARA)

    page.context.clear_cookies()
    sign_in_with_password(page, "09120000001", PASSWORD)
    take_the_hour_that_is_kept(page)

    at_noon.refresh_from_db()
    assert (at_noon.status, at_noon.moves) == (Status.BOOKED, 1)
    assert "جابه‌جا شد" in newest_sms(SARA)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_managers_pages_are_accessible_with_their_mistakes(
    page, axe, live_server, bahram, sara, at_noon, colours
):
    page.emulate_media(color_scheme=colours)
    work_as(page, bahram, live_server)
    found = []
    for address in ("/office/services/", "/office/hours/", "/office/closures/"):
        page.goto(address)
        found += violations(page, axe)
    page.get_by_role("button", name="دیدن پیامدها").click()
    found += violations(page, axe)
    page.get_by_label("کدام روز").select_option(label=long_day(at_noon.day))
    page.get_by_label("دلیل").fill("قطع برق محله")
    page.get_by_role("button", name="دیدن پیامدها").click()
    expect(page.get_by_role("button", name="ببند و خبر بده")).to_be_visible()
    found += violations(page, axe)
    page.goto("/office/hours/")
    page.locator("input[name=d0_0_closes]").fill("۲۵")
    page.get_by_role("button", name="دیدن پیامدها").click()
    found += violations(page, axe)
    for weekday in range(7):
        page.locator(f"input[name=d{weekday}_0_closes]").fill("۱۲")
    page.get_by_role("button", name="دیدن پیامدها").click()
    expect(page.get_by_role("button", name="ثبت ساعت‌های تازه")).to_be_visible()
    found += violations(page, axe)
    assert found == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_card_of_a_displaced_citizen_is_accessible(
    page, axe, country, bahram, at_noon, colours
):
    close(country.office, by=bahram, day=at_noon.day)
    page.emulate_media(color_scheme=colours)
    sign_in_with_password(page, "09120000001", PASSWORD)
    found = violations(page, axe)
    page.locator(".turn--ask").get_by_role("button", name="همین وقت را می‌خواهم").click()
    found += violations(page, axe)
    assert found == []


def close_the_afternoon(page: Page, appointment: Appointment) -> None:
    page.goto("/office/closures/")
    page.get_by_label("کدام روز").select_option(label=long_day(appointment.day))
    page.get_by_label("چند ساعت از روز").check()
    page.get_by_label("از ساعت").fill("۱۱:۳۰")
    page.get_by_label("دلیل").fill("قطع برق محله")
    page.get_by_role("button", name="دیدن پیامدها").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("از ساعت ۱۱:۳۰ تا پایان روز")
    expect(page.get_by_role("row").filter(has_text="سارا محمدی")).to_contain_text("۱۲:۰۰")
    page.get_by_role("button", name="ببند و خبر بده").click()
    expect(page.get_by_role("status")).to_contain_text("۱ نوبت بدون جریمه کنار رفت")


def take_the_hour_that_is_kept(page: Page) -> None:
    card = page.locator(".turn--ask")
    expect(card).to_contain_text("قطع برق محله")
    expect(card).to_contain_text("این وقت را برای شما نگه داشته‌ایم")
    card.get_by_role("button", name="همین وقت را می‌خواهم").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("نوبت شما جابه‌جا شد")
