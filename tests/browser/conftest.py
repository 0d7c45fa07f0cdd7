"""A real Chromium in front of the real pages, with real time and a phone that gets SMS."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.country import open_country

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",  # Chromium refuses root without it
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
# The browser works in a thread with an event loop; the tests themselves are not async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items):
    is_needed = os.environ.get("NOBAT_REQUIRE_BROWSER") or os.environ.get("CI")
    here = Path(__file__).parent
    for item in items:
        if here not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.real_time)
        item.add_marker(pytest.mark.django_db(transaction=True))
        if not CHROMIUM.exists() and not is_needed:
            item.add_marker(pytest.mark.skip("NO BROWSER TESTS: /usr/bin/chromium is missing"))


# Its event loop runs in the thread of the tests, so it ends before tests without a browser.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def country(live_server, settings):
    """Two offices with free hours from tomorrow on, and a fixed security code."""
    settings.CAPTCHA_ANSWER = "13579"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return open_country()


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def size(request):
    return request.param


@pytest.fixture
def context(chromium, live_server, country, size) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=size, base_url=live_server.url, locale="fa-IR")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context) -> Iterator[Page]:
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: _note(said, complaints))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


def _note(said, complaints):
    # A page that refuses in words answers 4xx, which Chromium notes as an error.
    if said.type == "error" and "Failed to load resource" not in said.text:
        complaints.append(said.text)


@pytest.fixture(scope="session")
def axe() -> Axe:
    return Axe()
