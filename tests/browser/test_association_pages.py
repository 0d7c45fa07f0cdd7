"""Every page of the association, looked at by axe, and whole on the smallest phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from persiantools.jdatetime import JalaliDate
from playwright.sync_api import Page

from nobat.appointments.objection import object_to_suspension
from nobat.figures.keep import keep_daily_totals
from nobat.offices.models import AssociationMember, Service
from nobat.schedule.models import Holiday, Slot
from nobat.shared.jalali import tehran_day
from nobat.sms.alarm import raise_alarm
from nobat.sms.models import Trouble
from tests.browser.association import join_association, show_the_code_again, work_as
from tests.browser.test_accessibility import violations
from tests.build import book, make_person, miss

SMALLEST = {"width": 320, "height": 640}


ALWAYS_THERE = [
    "",
    "closures/new/",
    "closures/new/when/?extent=provinces&provinces=07",
    "offices/",
    "offices/add/",
    "offices/imports/",
    "counties/?province=07",
    "counties/add/07/",
    "services/",
    "add-service/",
    "holidays/",
    "holidays/add/",
    "rules/",
    "rules/cases_per_turn/",
    "objections/",
    "suspensions/",
    "unanswered/",
    "unusual-accounts/",
    "members/",
    "figures/",
    "figures/?province=07",
    "journal/",
    "messages/",
]


@pytest.fixture
def addresses(country) -> list[str]:
    """Of every page that is opened by its address, with something to see on each."""
    today = tehran_day(timezone.now())
    slot = Slot.objects.filter(office=country.office).order_by("starts_at").first()
    sara = make_person("سارا", "محمدی", mobile="+989120000001")
    week = miss(book(sara, slot, country.service))
    objection = object_to_suspension(
        suspension=week, text="در دفتر بودم و نامم خوانده نشد.", citizen=sara
    )
    holiday, _ = Holiday.objects.get_or_create(
        day=today + timedelta(days=20), defaults={"title": "عید قربان", "is_estimated": True}
    )
    keep_daily_totals()
    raise_alarm(Trouble.NO_CREDIT, "demo")
    code, service = country.office.code, Service.objects.get(code="petition").code
    member = AssociationMember.objects.get().pk
    pages = [
        *ALWAYS_THERE,
        f"offices/{code}/",
        f"offices/{code}/staff/",
        f"offices/{code}/status/",
        f"counties/{country.office.county_id}/",
        f"services/{service}/",
        f"holidays/{holiday.pk}/move/",
        f"holidays/{holiday.pk}/remove/",
        f"objections/{objection.pk}/",
        f"suspensions/{week.pk}/",
        f"members/{member}/",
        f"messages/?about={week.cause.reference}",
    ]
    return [f"/association/{page}" for page in pages]


@pytest.fixture
def at_work(page, live_server, country, request) -> Page:
    work_as(page, join_association(), live_server)
    request.getfixturevalue("addresses")
    return page


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_every_page_is_accessible(at_work, axe, addresses, colours):
    at_work.emulate_media(color_scheme=colours)
    found = []
    for address in addresses:
        answer = at_work.goto(address)
        assert (address, answer.status) == (address, 200)
        found += violations(at_work, axe)
    assert found == []


def test_every_page_is_whole_on_the_smallest_phone(at_work, addresses, size):
    at_work.set_viewport_size(SMALLEST)
    too_wide = {}
    for address in addresses:
        at_work.goto(address)
        width = at_work.evaluate("document.documentElement.scrollWidth")
        if width > SMALLEST["width"]:
            too_wide[address] = width
    assert too_wide == {}


def test_a_rule_is_changed_and_shown_as_coming(at_work, size):
    at_work.goto("/association/rules/")
    at_work.get_by_role("link", name="تغییر").first.click()
    at_work.get_by_label("عدد تازه").fill("۳")
    day = tehran_day(timezone.now()) + timedelta(days=9)
    at_work.get_by_label("از چه روزی").fill(_written(day))
    at_work.get_by_label("دلیل").fill("مصوبهٔ هیئت‌مدیره")
    at_work.get_by_role("button", name="دیدن پیامدها").click()
    show_the_code_again(at_work)
    at_work.locator("form:has(input[name=code]) button[type=submit]").first.click()
    at_work.wait_for_url("**/association/rules/")

    assert "مصوبهٔ هیئت‌مدیره" in at_work.locator("main").inner_text()


def _written(day) -> str:
    return JalaliDate(day).strftime("%Y/%m/%d")
