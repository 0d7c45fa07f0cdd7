"""Every page of the citizen, looked at by axe: WCAG 2.2 A and AA, light and dark."""

import re

import pytest
from playwright.sync_api import Page

from nobat.people.models import Person
from nobat.schedule.models import Slot
from tests.browser.walk import Mouse, choose_a_free_hour, sign_in_with_password
from tests.build import PASSWORD, book, make_person

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
FOR_EVERYBODY = [
    "/",
    "/offices/?province=07&county=0707&service=petition",
    "/offices/?name=هیچ",
    "/offices/90070112/",
    "/sign-up/",
    "/sign-in/",
    "/reset-password/",
    "/help/",
    "/help/rules/",
    "/help/sana/",
    "/help/privacy/",
    "/help/accessibility/",
    "/about/",
    "/services/",
    "/demo/phone/",
    "/nowhere/",
]


@pytest.fixture
def sara(country) -> Person:
    return make_person("سارا", "محمدی", mobile="+989120000001")


@pytest.fixture
def appointment(sara, country):
    slot = Slot.objects.filter(office=country.office).order_by("starts_at")[5]
    return book(sara, slot, country.service)


def violations(page: Page, axe) -> list[str]:
    """In the dark a page has other colours, and nothing else."""
    page.wait_for_load_state("load")
    is_dark = page.evaluate(
        "document.fonts.ready.then(() => matchMedia('(prefers-color-scheme: dark)').matches)"
    )
    only = {"type": "rule", "values": COLOURS} if is_dark else {"type": "tag", "values": WCAG}
    found = axe.run(page, options={"runOnly": only})
    return [
        f"{page.url}: {each['id']} at {each['nodes'][0]['target']}"
        for each in found.response["violations"]
    ]


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_what_everybody_sees_is_accessible(page, axe, colours):
    page.emulate_media(color_scheme=colours)
    found = []
    for address in FOR_EVERYBODY:
        page.goto(address)
        found += violations(page, axe)
    assert found == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_way_to_an_account_is_accessible_with_its_mistakes(page, axe, colours):
    page.emulate_media(color_scheme=colours)
    page.goto("/sign-up/")
    page.get_by_role("button", name="عضویت").click()
    found = violations(page, axe)
    page.get_by_label("شمارهٔ موبایل").fill("09123456789")
    page.get_by_role("textbox", name="کد امنیتی").fill("13579")
    page.get_by_role("button", name="عضویت").click()
    page.wait_for_url(re.compile("details"))
    found += violations(page, axe)
    page.get_by_role("button", name="تایید و تکمیل ثبت نام").click()
    found += violations(page, axe)
    assert found == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_citizens_own_pages_are_accessible(page, axe, sara, appointment, colours):
    page.emulate_media(color_scheme=colours)
    sign_in_with_password(page, "09120000001", PASSWORD)
    found = []
    own = f"/my/appointments/{appointment.reference}/"
    for address in (
        "/my/appointments/",
        "/my/account/",
        own,
        f"{own}receipt/",
        f"{own}cancel/",
        f"/offices/90070112/?moving={appointment.reference}",
    ):
        page.goto(address)
        found += violations(page, axe)
    page.goto("/offices/90070112/?service=petition")
    choose_a_free_hour(page, Mouse(page), day=3, hour=1)
    found += violations(page, axe)
    assert found == []
