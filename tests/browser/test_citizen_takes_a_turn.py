"""From signing up to the receipt, another hour, and deletion: the whole journey."""

import re

import pytest
from playwright.sync_api import Page, expect

from nobat.appointments.models import Appointment, Status
from nobat.schedule.models import Slot
from nobat.shared.persian import fa_digits
from nobat.shared.reference import grouped
from tests.browser.country import newest_sms
from tests.browser.walk import (
    MOBILE,
    Keyboard,
    Mouse,
    choose_a_free_hour,
    confirm_booking,
    find_the_office,
    sign_up,
)


def take_look_up_move_and_delete(page: Page, hand: Mouse | Keyboard) -> None:
    sign_up(page, hand)
    find_the_office(page, hand)
    choose_a_free_hour(page, hand, day=1, hour=2)
    code = confirm_booking(page, hand)
    assert Appointment.objects.get().reference == code
    assert fa_digits(grouped(code)) in newest_sms(MOBILE).replace("\xa0", " ")

    hand.press(page.get_by_role("link", name="رسید و چاپ"))
    expect(page.get_by_role("heading", name="رسید نوبت")).to_be_visible()
    expect(page.locator(".receipt__qr svg, .receipt__qr img").first).to_be_visible()

    page.goto("/my/appointments/")
    hand.press(page.get_by_role("link", name="جابه‌جایی").first)
    choose_a_free_hour(page, hand, day=2, hour=3)
    hand.press(page.get_by_role("main").get_by_role("button", name="جابه‌جا"))
    page.wait_for_url(re.compile(r"/my/appointments/(\d+/)?$"))
    assert Appointment.objects.get().moves == 1
    assert fa_digits(grouped(code)) in newest_sms(MOBILE).replace("\xa0", " ")

    page.goto("/my/appointments/")
    hand.press(page.get_by_role("link", name="حذف").first)
    hand.press(page.get_by_role("main").get_by_role("button", name="حذف"))
    page.wait_for_url(re.compile(r"/my/appointments/$"))
    assert Appointment.objects.get().status == Status.CANCELLED_BY_CITIZEN
    assert not Slot.objects.filter(taken__gt=0).exists()
    assert "حذف" in newest_sms(MOBILE)


def test_the_whole_journey_with_the_mouse(page):
    take_look_up_move_and_delete(page, Mouse(page))


@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}], ids=["desk"])
def test_the_whole_journey_with_the_keyboard_alone(page, size):
    take_look_up_move_and_delete(page, Keyboard(page))


def test_the_whole_journey_without_javascript(chromium, live_server, country, size):
    context = chromium.new_context(
        viewport=size, base_url=live_server.url, java_script_enabled=False
    )
    context.set_default_timeout(15_000)
    take_look_up_move_and_delete(context.new_page(), Mouse(context.pages[0]))
    context.close()
