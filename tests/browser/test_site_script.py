"""What the one script of the site does: the keys of the calendar, counties, menus."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from nobat import web

SCRIPT = Path(web.__file__).parent / "static" / "site.js"
SATURDAY = date(2026, 11, 28)
# Three weeks from Saturday 28 November 2026; the third one lies in the next month.
FREE = [1, 2, 4, 8, 9, 12, 15, 18]
CHOSEN = 2


def calendar() -> str:
    def cell(number: int) -> str:
        day = (SATURDAY + timedelta(days=number)).isoformat()
        if number not in FREE:
            return f"<td><span class=day>{number}</span></td>"
        chosen = ' aria-current="date"' if number == CHOSEN else ""
        return f'<td><a class="day" id="d{number}" href="/?day={day}"{chosen}>{number}</a></td>'

    weeks = ["".join(map(cell, range(week * 7, week * 7 + 7))) for week in range(3)]
    first = f"<tbody><tr>{weeks[0]}</tr><tr>{weeks[1]}</tr></tbody>"
    second = f"<tbody><tr>{weeks[2]}</tr></tbody>"
    table = f'<table class="cal">{first}{second}</table>'
    return f'<button id="before">.</button>{table}<button id="after">.</button>'


SEARCH = """
<form><select name="province"><option value=""></option><option value="07">فارس</option>
<option value="10">اصفهان</option></select>
<select name="county" data-narrowed-by="province"><option value="">همه</option>
<optgroup label="فارس" data-of="07"><option value="0701">شیراز</option></optgroup>
<optgroup label="اصفهان" data-of="10"><option value="1001">کاشان</option></optgroup></select></form>
"""


@pytest.fixture
def open_page(chromium: Browser) -> Iterator:
    context = chromium.new_context(base_url="http://site.test")

    def opened(body: str) -> Page:
        html = f'<!doctype html><html dir="rtl"><script src="/site.js"></script><body>{body}'
        page = context.new_page()
        page.route(
            re.compile("http://site.test/.*"),
            lambda route: route.fulfill(
                **(
                    {"path": SCRIPT}
                    if route.request.url.endswith(".js")
                    else {"body": html, "content_type": "text/html; charset=utf-8"}
                )
            ),
        )
        page.goto("/")
        return page

    yield opened
    context.close()


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id")


def test_the_calendar_is_one_stop_of_tab_at_the_chosen_day(open_page):
    page = open_page(calendar())

    page.focus("#before")
    page.keyboard.press("Tab")
    assert focused(page) == f"d{CHOSEN}"
    page.keyboard.press("Tab")
    assert focused(page) == "after"


@pytest.mark.parametrize(
    ("start", "key", "lands_on"),
    [
        (2, "ArrowLeft", 4),  # time runs from right to left, past days that are not free
        (4, "ArrowRight", 2),
        (1, "ArrowRight", 1),  # nothing before it
        (1, "ArrowDown", 8),  # Sunday to Sunday
        (8, "ArrowDown", 15),
        (15, "ArrowUp", 8),
        (12, "ArrowUp", 12),  # no Thursday is free before it
        (4, "Home", 1),
        (1, "End", 4),
        (12, "Home", 8),
        (8, "PageDown", 18),
        (15, "PageUp", 1),
        (18, "PageDown", 18),
    ],
)
def test_the_keys_of_the_calendar_land_only_on_free_days(open_page, start, key, lands_on):
    page = open_page(calendar())

    page.focus(f"#d{start}")
    page.keyboard.press(key)

    assert focused(page) == f"d{lands_on}"


def test_after_an_arrow_tab_comes_back_to_the_same_day(open_page):
    page = open_page(calendar())

    page.focus("#d2")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")

    assert focused(page) == "d4"


def counties(page: Page) -> list[str]:
    return page.eval_on_selector_all("[name=county] option", "all => all.map(o => o.value)")


def test_counties_are_those_of_the_chosen_province(open_page):
    page = open_page(SEARCH)
    assert counties(page) == ["", "0701", "1001"]

    page.select_option("[name=province]", "10")
    assert counties(page) == ["", "1001"]

    page.select_option("[name=province]", "")
    assert counties(page) == ["", "0701", "1001"]


def test_a_county_of_another_province_is_let_go(open_page):
    page = open_page(SEARCH)
    page.select_option("[name=county]", "0701")

    page.select_option("[name=province]", "10")

    assert page.input_value("[name=county]") == ""


def test_a_county_says_its_province_too(open_page):
    page = open_page(SEARCH)

    page.select_option("[name=county]", "1001")

    assert page.input_value("[name=province]") == "10"
    assert counties(page) == ["", "1001"]


def test_escape_closes_a_menu_and_leaves_the_focus_on_it(open_page):
    page = open_page('<details class="menu"><summary id="s">.</summary><a href="/">.</a></details>')

    page.focus("#s")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    assert focused(page) == "s"
    assert not page.evaluate("document.querySelector('.menu').open")


def test_what_is_wrong_gets_the_focus(open_page):
    page = open_page('<div class="error-summary" id="wrong" tabindex="-1">.</div>')

    assert focused(page) == "wrong"
