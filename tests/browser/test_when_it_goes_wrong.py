"""What a citizen meets when something goes wrong, seen in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from nobat.appointments.models import Appointment
from nobat.schedule.models import Slot
from nobat.shared.persian import fa_digits
from tests.browser.country import newest_sms
from tests.browser.walk import (
    MOBILE,
    NATIONAL_CODE,
    PASSWORD,
    Mouse,
    choose_a_free_hour,
    code_in,
    confirm_booking,
    sign_in_with_password,
)
from tests.build import book, make_person
from tests.own_server import nobody_answers

OFFICE = "/offices/90070112/?service=petition"


@pytest.fixture
def sara(country):
    return make_person("سارا", "محمدی", mobile="+989120000001")


def begin_to_sign_up(page):
    page.get_by_label("شمارهٔ موبایل").fill("09123456789")
    page.get_by_role("textbox", name="کد امنیتی").fill("13579")
    page.get_by_role("button", name="عضویت").click()
    page.get_by_label("نام", exact=True).fill("نرگس")
    page.get_by_label("نام خانوادگی").fill("احمدی‌پور")
    page.get_by_label("کد ملی").fill(NATIONAL_CODE)
    page.get_by_label("رمز عبور").fill(PASSWORD)


def test_whoever_was_choosing_an_hour_comes_back_to_it_after_signing_up(page):
    page.goto(OFFICE)
    choose_a_free_hour(page, Mouse(page), day=2, hour=4)
    expect(page.get_by_role("heading", name="ورود", level=1)).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="ثبت نام کاربران").click()
    begin_to_sign_up(page)
    page.get_by_label("کد تایید").fill(code_in(newest_sms(MOBILE)))
    page.get_by_role("button", name="تایید و تکمیل ثبت نام").click()

    expect(page.get_by_text("تبریک حساب کاربری شما ایجاد شد")).to_be_visible()
    confirm_booking(page, Mouse(page))
    assert Appointment.objects.get().starts_at.minute in {0, 30}


def test_a_wrong_code_keeps_all_that_was_typed(page):
    page.goto("/sign-up/")
    begin_to_sign_up(page)
    right = code_in(newest_sms(MOBILE))
    page.get_by_label("کد تایید").fill(fa_digits(f"{(int(right) + 1) % 1_000_000:06}"))
    page.get_by_role("button", name="تایید و تکمیل ثبت نام").click()

    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("نام خانوادگی")).to_have_value("احمدی‌پور")
    expect(page.get_by_label("کد ملی")).to_have_value(NATIONAL_CODE)

    page.get_by_label("کد تایید").fill(fa_digits(right))
    page.get_by_role("button", name="تایید و تکمیل ثبت نام").click()
    expect(page.get_by_text("تبریک حساب کاربری شما ایجاد شد")).to_be_visible()


def test_an_hour_that_somebody_else_took_leads_on_to_the_nearest_ones(page, sara, country):
    sign_in_with_password(page, "09120000001", PASSWORD)
    page.goto(OFFICE)
    choose_a_free_hour(page, Mouse(page), day=1, hour=0)
    expect(page.get_by_role("heading", level=1)).to_have_text("همه‌چیز درست است؟")
    slot = Slot.objects.filter(office=country.office, day=shown_day(page)).earliest("starts_at")
    for number in range(slot.capacity):
        book(make_person(mobile=f"+98912111000{number}"), slot, country.service)

    page.get_by_role("button", name="ثبت نوبت").click()

    expect(page.get_by_role("main")).to_contain_text("همین حالا پر شد")
    page.locator("a.hour").first.click()
    confirm_booking(page, Mouse(page))
    assert Appointment.objects.filter(citizen=sara).count() == 1


def test_a_booking_that_nobody_answered_is_sent_again_with_one_press_and_given_once(page, sara):
    sign_in_with_password(page, "09120000001", PASSWORD)
    page.goto(OFFICE)
    choose_a_free_hour(page, Mouse(page), day=2, hour=4)
    with nobody_answers():
        page.get_by_role("button", name="ثبت نوبت").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("این بار ثبت نشد")
    page.get_by_role("button", name="دوباره می‌فرستم").click()

    expect(page).to_have_url(re.compile("/my/appointments/[0-9]{10}/"))
    assert Appointment.objects.filter(citizen=sara).count() == 1


def shown_day(page):
    address = page.url
    slot_id = int(address.split("slot=")[1].split("&")[0])
    return Slot.objects.get(pk=slot_id).day


def test_a_double_click_books_once(page, sara):
    sign_in_with_password(page, "09120000001", PASSWORD)
    page.goto(OFFICE)
    choose_a_free_hour(page, Mouse(page), day=1, hour=1)

    page.get_by_role("button", name="ثبت نوبت").dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text("نوبت شما ثبت شد")
    assert Appointment.objects.filter(citizen=sara).count() == 1


def test_the_back_button_after_booking_books_nothing_more(page, sara):
    sign_in_with_password(page, "09120000001", PASSWORD)
    page.goto(OFFICE)
    choose_a_free_hour(page, Mouse(page), day=1, hour=1)
    code = confirm_booking(page, Mouse(page))
    page.go_back()
    page.get_by_role("button", name="ثبت نوبت").click()

    expect(page.locator("main")).to_contain_text("نوبت")
    assert [each.reference for each in Appointment.objects.filter(citizen=sara)] == [code]
