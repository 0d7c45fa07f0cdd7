"""At nine in the evening the association closes a province; a citizen answers in one press."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from nobat.appointments.models import Answer, Appointment, Proposal, Status
from nobat.orders.run import run_orders
from nobat.people.models import Person
from nobat.schedule.models import ClosureOrder, Slot
from nobat.shared.jalali import long_day, tehran_day
from tests.browser.association import join_association, show_the_code_again, work_as
from tests.browser.country import newest_sms
from tests.browser.test_accessibility import violations
from tests.browser.walk import sign_in_with_password
from tests.build import PASSWORD, book, make_person

SARA = "+989120000001"


@pytest.fixture
def karimi(country) -> Person:
    return join_association()


@pytest.fixture
def tomorrows(country) -> Appointment:
    """Sara's, tomorrow at the first hour of the office."""
    sara = make_person("سارا", "محمدی", mobile=SARA)
    tomorrow = tehran_day(timezone.now()) + timedelta(days=1)
    slot = Slot.objects.filter(office=country.office, day=tomorrow).order_by("starts_at").first()
    return book(sara, slot, country.service)


def look_at_what_follows(page: Page, day) -> None:
    page.goto("/association/closures/")
    page.get_by_role("link", name="دستور تازه").click()
    page.get_by_label("استان یا شهرستان").check()
    page.get_by_label("فارس").check()
    page.get_by_role("button", name="گام بعد: کی").click()
    for name in ("از روز", "تا روز"):
        page.get_by_label(name, exact=True).select_option(label=long_day(day))
    page.get_by_label("مرودشت").uncheck()
    page.get_by_label("دلیل").fill("آلودگی هوا")
    page.get_by_role("button", name="گام بعد: پیامدها").click()


def test_a_province_closes_and_a_citizen_takes_what_is_proposed(
    page, live_server, karimi, tomorrows
):
    work_as(page, karimi, live_server)
    look_at_what_follows(page, tomorrows.day)
    expect(page.get_by_role("heading", level=1)).to_contain_text("استان فارس، جز شهرستان مرودشت")
    expect(page.locator(".impact__total")).to_contain_text("۱ نوبت در ۲ دفتر کنار می‌رود")

    show_the_code_again(page)
    page.get_by_role("button", name="تعطیل کن و خبر بده").click()
    expect(page.locator("#outcomes")).to_contain_text("۰ نفر از ۱")
    run_orders()
    # Without a reload: the page asks by itself how far it has come.
    expect(page.locator("#outcomes")).to_contain_text("به همه خبر داده شد")
    assert "پیشنهاد" in newest_sms(SARA)

    page.context.clear_cookies()
    sign_in_with_password(page, "09120000001", PASSWORD)
    page.goto("/my/appointments/")
    page.get_by_role("button", name="همین وقت را می‌خواهم").click()

    tomorrows.refresh_from_db()
    assert (tomorrows.status, Proposal.objects.get().answer) == (Status.BOOKED, Answer.ACCEPTED)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_pages_of_a_closure_are_accessible_with_their_mistakes(
    page, axe, live_server, karimi, tomorrows, colours
):
    page.emulate_media(color_scheme=colours)
    work_as(page, karimi, live_server)
    page.goto("/association/")
    found = violations(page, axe)
    page.goto("/association/closures/new/")
    page.get_by_role("button", name="گام بعد: کی").click()
    found += violations(page, axe)
    look_at_what_follows(page, tomorrows.day)
    found += violations(page, axe)
    page.get_by_role("button", name="تعطیل کن و خبر بده").click()
    found += violations(page, axe)
    show_the_code_again(page)
    page.get_by_role("button", name="تعطیل کن و خبر بده").click()
    expect(page.locator("#outcomes")).to_be_visible()
    found += violations(page, axe)
    run_orders()
    order = ClosureOrder.objects.get()
    for address in (
        "/association/closures/",
        f"/association/closures/{order.pk}/",
        f"/association/closures/{order.pk}/lift/",
        "/association/offices/90070112/status/",
    ):
        page.goto(address)
        found += violations(page, axe)
    assert found == []
