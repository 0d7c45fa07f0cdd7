"""Pictures of the office's pages, for scripts/screenshots.py."""

import base64
import time
from collections.abc import Callable
from datetime import date, timedelta

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from playwright.sync_api import Page

Account = dict[str, str]
Take = Callable[[str], None]


def take_office_pages(page: Page, take: Take, manager: Account) -> None:
    """All that a manager sees; clerks see a part of it."""
    page.goto("/office/sign-in/")
    take("office_sign_in")
    sign_in_staff(page, take, manager)
    take("desk")
    page.get_by_role("link", name="آمد").first.click()
    take("check_in")
    page.goto("/office/")
    page.locator("#code").fill("12345")
    page.get_by_role("button", name="پذیرش", exact=True).click()
    take("check_in_refused")
    page.goto("/office/")
    page.locator(".queue").get_by_role("link", name="بیشتر").first.click()
    take("visit")
    page.goto("/office/")
    page.locator(".queue th a").first.click()
    take("office_appointment")
    for name, address in {
        "walk_in": "/office/walk-in/",
        "day_sheet": f"/office/sheet/?day={date.today() + timedelta(days=2)}",  # noqa: DTZ011
        "outage": "/office/outage/",
        "unanswered_days": "/office/unanswered/",
        "hours": "/office/hours/",
        "closures": "/office/closures/",
        "office_services": "/office/services/",
        "clerks": "/office/clerks/",
        "display": f"/offices/{manager['office']}/display/",
    }.items():
        page.goto(address)
        take(name)
    _take_what_is_asked_first(page, take)


def _take_what_is_asked_first(page: Page, take: Take) -> None:
    """The pages that say what follows, before anything does."""
    page.goto("/office/closures/")
    page.get_by_label("چند ساعت از روز").check()
    page.get_by_label("از ساعت").fill("12:00")
    page.get_by_label("دلیل").fill("قطع برق محله")
    page.get_by_label("کدام روز").select_option(index=3)
    page.get_by_role("button", name="دیدن پیامدها").click()
    take("closure_preview")
    page.goto("/office/hours/")
    page.locator("table input").nth(1).fill("12:00")
    page.get_by_role("button", name="دیدن پیامدها").click()
    take("hours_preview")
    page.goto("/office/outage/")
    page.get_by_label("دلیل").fill("قطع برق محله")
    page.get_by_role("button", name="ببینم چند نفر است").click()
    take("outage_preview")
    page.goto("/office/clerks/")
    page.get_by_role("link", name="برداشتن").last.click()
    take("remove_clerk")


def sign_in_staff(page: Page, take: Take, staff: Account, to: str = "office") -> None:
    page.get_by_label("شمارهٔ موبایل").fill(staff["mobile"])
    page.get_by_label("رمز عبور").fill(staff["password"])
    page.get_by_role("button", name="ادامه").click()
    take("office_sign_in_code")
    wait_for_a_fresh_code()
    page.locator("input[autocomplete=one-time-code]").first.fill(code_of(staff))
    page.get_by_role("button", name="ورود", exact=True).click()
    page.wait_for_url(f"**/{to}/")


def wait_for_a_fresh_code() -> None:
    """No code counts twice, and the phone's pictures were taken with one just now."""
    time.sleep(31)


def code_of(staff: Account) -> str:
    """What the app of this person shows now."""
    secret = staff["totp_secret"]
    padded = secret + "=" * (-len(secret) % 8)
    totp = TOTP(base64.b32decode(padded), 6, SHA1(), 30)  # noqa: S303
    return totp.generate(int(time.time())).decode()
