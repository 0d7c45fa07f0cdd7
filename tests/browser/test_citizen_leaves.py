"""A citizen takes home what is kept, leaves, and comes back as somebody new."""

import os
from pathlib import Path

from playwright.sync_api import expect

from nobat.people.models import Person
from nobat.schedule.models import Slot
from tests.browser.country import newest_sms
from tests.browser.test_accessibility import violations
from tests.browser.walk import code_in, keep_picture, sign_in_with_password
from tests.build import PASSWORD, book, make_person

MOBILE = "+989120000001"
PICTURES = os.environ.get("NOBAT_PICTURES")


def look(page, axe, name):
    """Nothing for axe to say, and whole at 320 pixels."""
    assert violations(page, axe) == []
    if PICTURES:
        width = (page.viewport_size or {})["width"]
        keep_picture(page, Path(PICTURES), f"{name}-{width}")
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.set_viewport_size(size)


def test_a_citizen_takes_the_data_home_and_leaves(page, axe, country):
    sara = make_person("سارا", "محمدی", mobile=MOBILE)
    book(sara, Slot.objects.filter(office=country.office).order_by("starts_at")[5], country.service)
    newest_sms(MOBILE)  # that of the booking is on the phone before the code
    sign_in_with_password(page, "09120000001", PASSWORD)
    page.goto("/my/account/")
    look(page, axe, "account")

    page.get_by_role("link", name="دریافت همهٔ اطلاعات من").click()
    look(page, axe, "own-data")
    page.get_by_label("رمز عبور").fill(PASSWORD)
    with page.expect_download() as download:
        page.get_by_role("button", name="دریافت فایل خواندنی").click()
    assert "سارا" in Path(download.value.path()).read_text()

    page.goto("/my/account/")
    page.get_by_role("link", name="حذف حساب").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("حساب شما حذف شود؟")
    look(page, axe, "erase")
    page.get_by_role("button", name="به جای رمز، کد پیامک کنید").click()
    expect(page.get_by_label("کد تایید")).to_be_visible()
    look(page, axe, "erase-by-code")
    page.get_by_label("کد تایید").fill(code_in(newest_sms(MOBILE)))
    page.get_by_role("button", name="حساب حذف شود").click()
    expect(page.get_by_text("حساب شما حذف شد.")).to_be_visible()
    assert Person.objects.get(pk=sara.pk).full_name == "حساب حذف‌شده"

    page.goto("/help/privacy/")
    look(page, axe, "privacy")
