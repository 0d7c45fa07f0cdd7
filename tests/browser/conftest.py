"""A real Chromium in front of the real pages, with real time and a phone that gets SMS."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from time_machine import Traveller

from tests.browser.country import open_country
from tests.browser.morning import Morning, clock_of_the_office, open_morning, sit_down

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
# A machine that does something else beside is slow, not wrong.
PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)
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
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(context) -> Iterator[Page]:
    complaints = _complaints(context)
    yield context.new_page()
    assert complaints == []


@pytest.fixture
def office_clock() -> Iterator[Traveller]:
    """Named by `usefixtures`, so that the country is made by it too."""
    with clock_of_the_office() as clock:
        yield clock


@pytest.fixture
def morning(office_clock, country) -> Morning:
    return open_morning(country, office_clock)


@pytest.fixture
def desk(morning, context, live_server) -> Iterator[Page]:
    """Maryam's page at five past ten."""
    complaints = _complaints(context)
    yield sit_down(context, morning.maryam, live_server.url)
    assert complaints == []


def _complaints(context: BrowserContext) -> list[str]:
    complaints: list[str] = []
    context.on("console", lambda said: _note(said, complaints))
    context.on("weberror", lambda problem: complaints.append(str(problem.error)))
    return complaints


def _note(said, complaints):
    # A page that refuses in words answers 4xx, which Chromium notes as an error.
    if said.type == "error" and "Failed to load resource" not in said.text:
        complaints.append(said.text)


@pytest.fixture(scope="session")
def axe() -> Axe:
    return Axe()
