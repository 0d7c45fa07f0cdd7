"""The list of offices with its map, and with the place of the device."""

import pytest
from playwright.sync_api import Page, expect

from tests.build import make_office

LIST = "/offices/?service=petition"


@pytest.fixture
def listed(page: Page) -> Page:
    page.goto(LIST)
    return page


@pytest.fixture
def opened(listed: Page) -> Page:
    listed.get_by_role("button", name="نمایش نقشه").click()
    expect(listed.locator(".map__pin")).to_have_count(2)
    return listed


def test_nothing_of_the_map_is_loaded_before_it_is_opened(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(LIST)
    page.wait_for_load_state("networkidle")

    assert not [url for url in asked if "leaflet" in url or "provinces" in url]

    page.get_by_role("button", name="نمایش نقشه").click()
    expect(page.locator(".map__pin")).to_have_count(2)
    assert [url for url in asked if "leaflet" in url]
    assert not [url for url in asked if not url.startswith(page.url.split("/offices")[0])]


def test_the_pins_bear_the_numbers_of_the_list(opened):
    on_the_list = opened.locator(".office-card .pin").all_text_contents()

    assert sorted(opened.locator(".map__pin").all_text_contents()) == sorted(on_the_list)
    assert opened.locator(".map__province").count() == 31


def test_the_map_is_used_by_keyboard(opened):
    opened.locator(".map__pin").first.focus()
    opened.keyboard.press("Enter")
    link = opened.locator(".leaflet-popup-content a").first
    expect(link).to_be_focused()
    opened.keyboard.press("Escape")
    expect(opened.locator(".leaflet-popup")).to_have_count(0)
    expect(opened.locator(".map__pin").first).to_be_focused()

    opened.keyboard.press("Enter")
    expect(link).to_be_focused()
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/offices/9007011*/?service=petition")


def test_the_list_with_its_map_and_search_open_is_accessible(opened, axe):
    opened.locator(".filters summary").click()

    problems = axe.run(opened).response["violations"]

    assert [problem["id"] for problem in problems] == []


def test_a_map_that_cannot_be_loaded_says_so(listed):
    listed.route("**/leaflet.js", lambda route: route.abort())
    listed.get_by_role("button", name="نمایش نقشه").click()

    expect(listed.get_by_text("نقشه باز نشد")).to_be_visible()
    expect(listed.get_by_role("button", name="نمایش نقشه")).to_be_enabled()


def test_the_device_is_asked_where_it_is_and_tells_it_roughly(context, listed):
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 29.6412345, "longitude": 52.5012345})
    listed.get_by_role("button", name="نزدیک به من").click()

    listed.wait_for_url("**lat=29.641&lon=52.501")
    expect(listed.get_by_text("فاصله‌ها از جای شما است")).to_be_visible()
    expect(listed.locator(".office-card h2").first).to_have_text("دفتر سروناز")


def test_who_does_not_tell_the_place_keeps_the_list_and_hears_why(listed):
    listed.get_by_role("button", name="نزدیک به من").click()

    expect(listed.get_by_text("اجازهٔ دیدن جای شما داده نشد")).to_be_visible()
    assert "lat" not in listed.url


def test_without_a_script_there_is_no_map_and_each_address_has_a_way(
    chromium, live_server, country
):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(LIST)

    expect(page.get_by_role("button", name="نمایش نقشه")).to_be_hidden()
    expect(page.get_by_role("button", name="نزدیک به من")).to_be_hidden()
    expect(page.get_by_role("link", name="مسیریابی")).to_have_count(2)
    context.close()


def test_the_way_to_further_pages_fits_on_the_narrowest_phone(page, country):
    for number in range(200):
        make_office(f"8{number:03}", services=[country.service])
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{LIST}&page=10")

    expect(page.get_by_role("link", name="صفحهٔ قبل")).to_be_visible()
    expect(page.get_by_role("link", name="صفحهٔ بعد")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
