"""A citizen's way through the pages, with the mouse or with the keyboard alone."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.country import newest_sms

MOBILE = "+989123456789"
PASSWORD = "Sarv-Naz-41"
NATIONAL_CODE = "۰۰۷۷۵۱۷۳۵۰"  # a right check digit, nobody's in particular
MOST_TABS = 400
MOST_OPTIONS = 100
HAS_FOCUS = "element => element === document.activeElement"


class Mouse:
    """Clicks and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, text: str) -> None:
        target.fill(text)

    def choose(self, target: Locator, label: str) -> None:
        target.select_option(label=label)

    def choose_day(self, target: Locator) -> None:
        target.click()


class Keyboard:
    """Nothing but Tab, Enter, letters and arrows, as somebody without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        self._reach(target)
        self.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        self._reach(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def choose(self, target: Locator, label: str) -> None:
        self._reach(target)
        for _ in range(MOST_OPTIONS):
            if target.locator("option:checked").inner_text() == label:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no option {label}")

    def choose_day(self, target: Locator) -> None:
        """The calendar is one stop for Tab; the arrows go from green day to green day."""
        self._reach(self.page.locator('.cal a.day--free:not([tabindex="-1"])').first)
        for _ in range(MOST_OPTIONS):
            if target.evaluate(HAS_FOCUS):
                self.page.keyboard.press("Enter")
                return
            self.page.keyboard.press("ArrowLeft")
        raise AssertionError("day not reached by the arrows")

    def _reach(self, target: Locator) -> None:
        expect(target).to_be_visible()
        for _ in range(MOST_TABS):
            if target.evaluate(HAS_FOCUS):
                self._expect_a_visible_focus(target)
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"not reached by keyboard: {target}")

    def _expect_a_visible_focus(self, target: Locator) -> None:
        outline = "element => getComputedStyle(element).outlineStyle"
        shadow = "element => getComputedStyle(element).boxShadow"
        assert target.evaluate(outline) != "none" or target.evaluate(shadow) != "none"


def sign_up(page: Page, hand: Mouse | Keyboard) -> None:
    page.goto("/")
    hand.press(page.get_by_role("link", name="ثبت نام کاربران").first)
    hand.write(page.get_by_label("شمارهٔ موبایل"), "۰۹۱۲ ۳۴۵ ۶۷۸۹")
    hand.write(page.get_by_role("textbox", name="کد امنیتی"), "۱۳۵۷۹")
    hand.press(page.get_by_role("button", name="عضویت"))

    hand.write(page.get_by_label("نام", exact=True), "نرگس")
    hand.write(page.get_by_label("نام خانوادگی"), "احمدی‌پور")
    hand.write(page.get_by_label("کد ملی"), NATIONAL_CODE)
    hand.write(page.get_by_label("رمز عبور"), PASSWORD)
    hand.write(page.get_by_label("کد تایید"), code_in(newest_sms(MOBILE)))
    hand.press(page.get_by_role("button", name="تایید و تکمیل ثبت نام"))
    expect(page.get_by_text("تبریک حساب کاربری شما ایجاد شد")).to_be_visible()


def code_in(sms: str) -> str:
    found = re.search(r"\d{6}", sms)
    assert found, "the SMS has no code of six digits"
    return found[0]


def find_the_office(page: Page, hand: Mouse | Keyboard) -> None:
    page.goto("/")
    search = page.get_by_role("search")
    hand.choose(search.get_by_label("استان"), "فارس")
    hand.choose(search.get_by_label("شهرستان"), "شیراز")
    hand.choose(search.get_by_label("موضوع خدمت"), "تنظیم دادخواست یا شکواییه")
    hand.press(search.get_by_role("button", name="جستجو"))
    hand.press(page.get_by_role("link", name="دریافت نوبت از دفتر نارنجستان"))


def choose_a_free_hour(page: Page, hand: Mouse | Keyboard, *, day: int, hour: int) -> None:
    """The day-th green day and its hour-th free hour, counted from zero."""
    hand.choose_day(page.locator(".cal a.day--free").nth(day))
    expect(page.locator("#hours")).to_be_visible()
    hand.press(page.locator("#hours a.hour").nth(hour))


def confirm_booking(page: Page, hand: Mouse | Keyboard) -> str:
    """Press the button; the tracking code, in Latin digits."""
    expect(page.get_by_role("heading", level=1)).to_have_text("همه‌چیز درست است؟")
    hand.press(page.get_by_role("button", name="ثبت نوبت"))
    expect(page.get_by_role("heading", level=1)).to_have_text("نوبت شما ثبت شد")
    shown = page.locator(".tracking bdi").inner_text()
    return shown.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")).replace(" ", "")


def keep_picture(page: Page, folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=True)


def sign_in_with_password(page: Page, mobile: str, password: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("شمارهٔ موبایل").fill(mobile)
    page.get_by_label("رمز عبور").fill(password)
    page.get_by_role("button", name="ورود", exact=True).click()
    expect(page.get_by_role("heading", name="نوبت‌های من")).to_be_visible()
