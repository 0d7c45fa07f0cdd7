"""A citizen waits for an opening, touches nothing, and gets the hour that was chosen before."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from nobat.appointments.models import Appointment, WaitingPlace
from nobat.people.models import Person
from nobat.schedule.models import Slot
from nobat.shared.jalali import TEHRAN, tehran_day
from tests.browser.test_accessibility import violations
from tests.browser.walk import sign_in_with_password
from tests.build import PASSWORD, make_person

LONG_ENOUGH = 40_000  # milliseconds: the page asks seldom, and at a moment of its own


@pytest.fixture
def sara(country) -> Person:
    return make_person("سارا", "محمدی", mobile="+989120000001")


@pytest.fixture
def choice(country) -> str:
    slot = Slot.objects.filter(office=country.office, day__gt=tehran_day(timezone.now()))[0]
    return f"/offices/{country.office.code}/book/?slot={slot.pk}&service={country.service.code}"


def opens_in(settings, seconds: float) -> None:
    at = timezone.now().astimezone(TEHRAN) + timedelta(seconds=seconds)
    settings.WAITING_ROOM_OPENINGS = [at.time()]
    settings.WAITING_ROOM_ADMITS = 1


def stand_behind(others: int, citizen: Person) -> None:
    WaitingPlace.objects.filter(citizen=citizen).update(number=others + 1)


def test_who_waits_comes_back_to_the_hour_by_itself(page: Page, axe, settings, sara, choice):
    sign_in_with_password(page, "09120000001", PASSWORD)
    opens_in(settings, 12)
    page.goto(choice)
    page.get_by_role("button", name="ثبت نوبت").click()
    expect(page.get_by_role("heading", name="اتاق انتظار")).to_be_visible()
    expect(page.get_by_text("کمتر از یک دقیقه دیگر قرعه")).to_be_visible()
    assert violations(page, axe) == []

    button = page.get_by_role("button", name="ثبت نوبت")
    expect(button).to_be_visible(timeout=LONG_ENOUGH)
    button.click()
    page.wait_for_url("**/my/appointments/**")
    assert Appointment.objects.count() == 1


def test_the_place_in_line_comes_nearer_by_itself(page: Page, axe, settings, sara):
    sign_in_with_password(page, "09120000001", PASSWORD)
    opens_in(settings, -30)
    page.goto("/waiting-room/")
    stand_behind(1000, sara)
    page.goto("/waiting-room/")
    place = page.locator(".waiting__place")
    before = place.inner_text()
    expect(page.get_by_role("status")).to_contain_text("حدود ۱۶ دقیقه")
    assert violations(page, axe) == []

    expect(place).not_to_have_text(before, timeout=LONG_ENOUGH)


def test_an_office_leads_to_the_room_before_an_opening_and_is_come_back_to(
    page: Page, axe, settings, sara, country
):
    sign_in_with_password(page, "09120000001", PASSWORD)
    opens_in(settings, 12)
    page.goto(f"/offices/{country.office.code}/")
    assert violations(page, axe) == []
    page.get_by_role("link", name="رفتن به اتاق انتظار").click()
    expect(page.get_by_role("heading", name="اتاق انتظار")).to_be_visible()

    expect(page.get_by_text("نوبت ورود شماست")).to_be_visible(timeout=LONG_ENOUGH)
    expect(page.get_by_role("heading", name=country.office.title)).to_be_visible()
