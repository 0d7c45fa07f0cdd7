"""Pictures of every page at phone and desk width, into docs/pictures (`make screenshots`).

Starts the demo on a port of its own, goes through the pages as a citizen does, and ends
what it started.
"""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from scripts.association_screenshots import take_a_closure_that_is_done, take_association_pages
from scripts.office_screenshots import take_office_pages

CHECKOUT = Path(__file__).resolve().parents[1]
PICTURES = CHECKOUT / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
PORT = 8147
ADDRESS = f"http://127.0.0.1:{PORT}"
SECURITY_CODE = "13579"
READY_WITHIN_SECONDS = 180
COLOURS = 128
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
# A number of nobody: Iranian mobile operators have no 0999 999 numbers.
STRANGER = "09999990001"


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo() as accounts, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        citizen, manager = account_of(accounts, "citizen"), account_of(accounts, "manager")
        member = account_of(accounts, "association")
        take_print(browser, citizen)
        for size in SIZES:
            with page_of(browser, size) as (page, take):
                take_citizen_pages(page, take, citizen)
            with page_of(browser, size) as (page, take):
                take_office_pages(page, take, manager)
            with page_of(browser, size) as (page, take):
                take_association_pages(page, take, member, manager["office"])
                if size == list(SIZES)[-1]:
                    take_a_closure_that_is_done(page, take, member)
        browser.close()


@contextmanager
def demo() -> Iterator[list[dict[str, str]]]:
    """The running demo; its accounts."""
    environment = {
        **os.environ,
        "DEMO": "1",
        "PORT": str(PORT),
        "CAPTCHA_ANSWER": SECURITY_CODE,
    }
    environment.pop("MAKELEVEL", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "nobat.demo.serve"], env=environment, cwd=CHECKOUT
    )
    try:
        wait_until_ready(process)
        yield accounts_of_the_demo(environment)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def wait_until_ready(process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
            connection.request("GET", "/healthz/ready")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.3)
    raise SystemExit("The demo did not start.")


def accounts_of_the_demo(environment: dict[str, str]) -> list[dict[str, str]]:
    answer = subprocess.run(
        [sys.executable, "manage.py", "demo_accounts"],
        env=environment,
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
    )
    accounts: list[dict[str, str]] = json.loads(answer.stdout)
    return accounts


def account_of(accounts: list[dict[str, str]], role: str) -> dict[str, str]:
    """The first of that role: among citizens the one with appointments."""
    return next(account for account in accounts if account["role"] == role)


@contextmanager
def page_of(browser: Browser, size: str) -> Iterator[tuple[Page, Callable[[str], None]]]:
    """A fresh visitor, and taking a picture of what they see."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, base_url=ADDRESS, locale="fa-IR"
    )
    page = context.new_page()

    def take(name: str) -> None:
        page.wait_for_load_state("networkidle")
        keep(page.screenshot(full_page=True), f"{name}-{size}")

    yield page, take
    context.close()


def keep(picture: bytes, name: str) -> None:
    """In few colours: a third of the size, and nobody sees the difference."""
    drawn = Image.open(BytesIO(picture)).convert("RGB")
    few = drawn.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", optimize=True)


def take_citizen_pages(page: Page, take: Callable[[str], None], account: dict[str, str]) -> None:
    take_public_pages(page, take)
    take_accounts(page, take)
    sign_in(page, account)
    take_way_to_an_appointment(page, take)
    take_own_pages(page, take)


def take_public_pages(page: Page, take: Callable[[str], None]) -> None:
    for name, address in {
        "home": "/",
        "find_office": "/offices/?province=07&county=0707&service=petition",
        "nothing_found": "/offices/?province=07&name=ناکجا",
        "help": "/help/",
        "rules": "/help/rules/",
        "sana": "/help/sana/",
        "privacy": "/help/privacy/",
        "accessibility": "/help/accessibility/",
        "about": "/about/",
        "services": "/services/",
        "not_found": "/nowhere/",
    }.items():
        page.goto(address)
        take(name)


def take_accounts(page: Page, take: Callable[[str], None]) -> None:
    page.goto("/sign-in/")
    take("sign_in")
    page.goto("/reset-password/")
    take("reset_password")
    page.goto("/sign-up/")
    take("sign_up")
    page.get_by_label("شمارهٔ موبایل").fill(STRANGER)
    page.get_by_role("textbox", name="کد امنیتی").fill(SECURITY_CODE)
    page.get_by_role("button", name="عضویت").click()
    take("sign_up_details")
    page.get_by_label("کد ملی").fill("۰۰۱۲۳۴۵۶۷۸")
    page.get_by_role("button", name="تایید و تکمیل ثبت نام").click()
    take("sign_up_details_mistakes")
    page.goto("/demo/phone/")
    take("demo_phone")


def sign_in(page: Page, account: dict[str, str]) -> None:
    page.goto("/sign-in/")
    page.get_by_label("شمارهٔ موبایل").fill(account["mobile"])
    page.get_by_label("رمز عبور").fill(account["password"])
    page.get_by_role("button", name="ورود", exact=True).click()


def take_way_to_an_appointment(page: Page, take: Callable[[str], None]) -> None:
    page.goto("/offices/?province=07&service=petition")
    page.get_by_role("link", name="دریافت نوبت").first.click()
    take("choose_time")
    page.locator(".cal a.day--free").nth(2).click()
    page.locator("#hours a.hour").first.wait_for()
    take("choose_time_hours")
    page.locator("#hours a.hour").first.click()
    take("book")


def take_own_pages(page: Page, take: Callable[[str], None]) -> None:
    page.goto("/my/account/")
    take("account")
    page.goto("/my/appointments/")
    take("my_appointments")
    receipt = page.get_by_role("link", name="چاپ رسید").first.get_attribute("href") or ""
    appointment = receipt.removesuffix("receipt/")
    for name in ("receipt", "cancel"):
        page.goto(f"{appointment}{name}/")
        take(name)
    page.goto(appointment)
    take("booked")
    page.goto("/my/appointments/")
    page.get_by_role("link", name="جابه‌جایی").first.click()
    take("choose_other_time")
    page.locator(".cal a.day--free").nth(2).click()
    page.locator("#hours a.hour").first.click()
    take("move")


def take_print(browser: Browser, account: dict[str, str]) -> None:
    context = browser.new_context(base_url=ADDRESS, locale="fa-IR")
    page = context.new_page()
    sign_in(page, account)
    page.goto("/my/appointments/")
    page.get_by_role("link", name="چاپ رسید").first.click()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 559, "height": 794})  # A5 at 96 dots per inch
    keep(page.screenshot(), "receipt-print")
    context.close()


if __name__ == "__main__":
    main()
