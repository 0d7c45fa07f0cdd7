"""The calendar and its hours: without a reload, by keyboard, and without a script."""

import pytest
from playwright.sync_api import Page, expect

CALENDAR = "/offices/90070112/"


@pytest.fixture
def calendar(page: Page) -> Page:
    page.goto(CALENDAR)
    return page


def green(page, number):
    return page.locator("a.day--free").nth(number)


def test_a_green_day_opens_its_hours_without_a_reload(calendar):
    calendar.evaluate("window.stillHere = true")
    day = green(calendar, 1).get_attribute("id")

    green(calendar, 1).click()

    expect(calendar.locator("#hours a.hour").first).to_be_in_viewport()
    expect(calendar.locator(f"#{day}")).to_have_attribute("aria-current", "date")
    assert f"day={day.removeprefix('day-')}" in calendar.url
    assert calendar.evaluate("window.stillHere")

    green(calendar, 3).click()
    expect(calendar.locator("[aria-current=date]")).to_have_count(1)
    expect(green(calendar, 3)).to_have_attribute("aria-current", "date")
    calendar.go_back()
    expect(calendar.locator(f"#{day}")).to_have_attribute("aria-current", "date")


def test_the_keyboard_keeps_its_place_and_the_hours_are_announced(calendar):
    green(calendar, 0).focus()
    calendar.keyboard.press("ArrowLeft")
    calendar.keyboard.press("Enter")

    expect(green(calendar, 1)).to_have_attribute("aria-current", "date")
    expect(green(calendar, 1)).to_be_focused()
    heading = calendar.locator("#hours-h").inner_text()
    expect(calendar.locator("#day-said")).to_contain_text(heading)
    expect(calendar.locator("#day-said")).to_contain_text("وقت آزاد")

    calendar.keyboard.press("ArrowLeft")
    expect(green(calendar, 2)).to_be_focused()


def test_another_service_brings_its_papers_and_keeps_the_day(calendar):
    green(calendar, 1).click()
    expect(green(calendar, 1)).to_have_attribute("aria-current", "date")

    calendar.locator("#service").focus()
    calendar.locator("#service").select_option("sana")

    expect(calendar.locator("#papers-panel")).to_contain_text("شناسنامه")
    expect(calendar.locator("#service")).to_be_focused()
    expect(calendar.locator("#service")).to_have_value("sana")
    expect(green(calendar, 1)).to_have_attribute("aria-current", "date")


def test_three_cases_name_whole_spans(calendar):
    green(calendar, 1).click()
    expect(calendar.locator("#hours a.hour").first).to_be_visible()

    calendar.locator("#cases").select_option("3")

    expect(calendar.locator("#hours a.hour b").first).to_have_text("۰۸:۰۰ تا ۰۹:۰۰")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_calendar_with_open_hours_is_accessible(calendar, axe, scheme):
    calendar.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    green(calendar, 1).click()
    expect(calendar.locator("#hours a.hour").first).to_be_visible()

    problems = axe.run(calendar).response["violations"]

    assert [problem["id"] for problem in problems] == []


def test_of_two_choices_made_at_once_the_last_one_holds(context):
    calendar = context.new_page()  # htmx notes the first one, given up, as an error
    calendar.goto(CALENDAR)

    green(calendar, 1).click(no_wait_after=True)
    calendar.locator("#cases").select_option("3")

    calendar.wait_for_url("**cases=3**")
    expect(calendar.locator("#cases")).to_have_value("3")


def width_of_choice(page, select) -> float:
    return page.locator(select).evaluate(
        """select => {
            const pen = document.createElement("canvas").getContext("2d");
            pen.font = getComputedStyle(select).font;
            return pen.measureText(select.selectedOptions[0].text).width;
        }"""
    )


def room_for_choice(page, select) -> float:
    return page.locator(select).evaluate(
        """select => {
            const style = getComputedStyle(select);
            const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
            return select.clientWidth - padding;
        }"""
    )


def test_nothing_is_cut_off_on_the_narrowest_phone(calendar):
    calendar.set_viewport_size({"width": 320, "height": 640})
    green(calendar, 1).click()
    expect(calendar.locator("#hours a.hour").first).to_be_visible()
    calendar.locator("#cases").select_option("3")
    expect(calendar.locator("#hours a.hour b").first).to_contain_text("تا")

    assert calendar.evaluate("document.documentElement.scrollWidth") == 320
    cut_off = calendar.evaluate(
        "[...document.querySelectorAll('.hour b, .day__word')]"
        ".filter((each) => each.scrollWidth > each.parentElement.clientWidth).length"
    )
    assert cut_off == 0
    assert width_of_choice(calendar, "#cases") <= room_for_choice(calendar, "#cases")


def test_without_a_script_days_and_hours_are_plain_links(chromium, live_server, country):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(CALENDAR)

    green(page, 1).click()
    expect(page.locator("#hours a.hour").first).to_be_visible()
    page.locator("#cases").select_option("3")
    page.get_by_role("button", name="به‌روز کردن").click()
    expect(page.locator("#hours a.hour b").first).to_contain_text("تا")
    page.locator("#hours a.hour").first.click()
    assert "/sign-in/" in page.url
    context.close()
