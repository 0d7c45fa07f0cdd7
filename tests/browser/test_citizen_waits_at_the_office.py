"""A citizen at the office: the number, who is before, being called, and how it ended."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from nobat.appointments.models import Appointment
from nobat.people.models import Person
from nobat.schedule.models import Slot
from nobat.shared.jalali import start_of_day, tehran_day
from nobat.visits.call import call_visit
from nobat.visits.check_in import check_in
from nobat.visits.finish import finish_visit
from nobat.visits.models import VisitState
from nobat.visits.walk_in import walk_in
from tests.browser.test_accessibility import violations
from tests.browser.walk import sign_in_with_password
from tests.build import PASSWORD, book, make_person, make_staff

# Just before midnight their hour would have come, and nobody would be served before them.
pytestmark = pytest.mark.usefixtures("office_clock")
NEWS_AFTER = 21_000  # milliseconds: the page asks every 20 seconds


@pytest.fixture
def maryam(country) -> Person:
    return make_staff(country.office, "مریم", "حسینی", mobile="+989120000003")


@pytest.fixture
def of_today(country) -> Appointment:
    """Booked for tomorrow, as everything is, and then the day has come."""
    sara = make_person("سارا", "محمدی", mobile="+989120000001")
    slot = Slot.objects.filter(office=country.office, day__gt=tehran_day(timezone.now()))[0]
    appointment = book(sara, slot, country.service)
    today = tehran_day(timezone.now())
    midnight = start_of_day(today + timedelta(days=1))
    Appointment.objects.update(
        day=today, starts_at=midnight - timedelta(minutes=2), ends_at=midnight
    )
    appointment.refresh_from_db()
    return appointment


def test_a_citizen_at_the_office_sees_the_news_without_touching_the_phone(
    page, axe, country, maryam, of_today
):
    page.clock.install()
    sign_in_with_password(page, "09120000001", PASSWORD)
    page.goto("/my/appointments/")
    expect(page.get_by_text("اکنون کسی در این دفتر منتظر نیست")).to_be_visible()

    walk_in(office=country.office, by=maryam)
    page.clock.run_for(NEWS_AFTER)
    expect(page.get_by_text("اکنون ۱ نفر در این دفتر")).to_be_visible()

    visit = check_in(appointment=of_today, office=country.office, by=maryam)
    page.clock.run_for(NEWS_AFTER)
    expect(page.get_by_role("heading", name="همین حالا در دفتر")).to_be_visible()
    expect(page.get_by_text("۱ نفر جلوتر از شما")).to_be_visible()
    found = violations(page, axe)

    call_visit(visit=visit, by=maryam)
    page.clock.run_for(NEWS_AFTER)
    expect(page.get_by_text("شما را صدا زده‌اند؛ شمارهٔ ۲")).to_be_visible()
    found += violations(page, axe)

    finish_visit(visit=visit, outcome=VisitState.PAPERS_MISSING, by=maryam, note="اصل سند")
    page.clock.run_for(NEWS_AFTER)
    expect(page.get_by_text("چه کم بود: اصل سند")).to_be_visible()
    expect(page.get_by_role("heading", name="همین حالا در دفتر")).to_have_count(0)
    assert found + violations(page, axe) == []


def test_the_screen_of_the_waiting_room_can_be_read_and_fits(page, axe, country, maryam):
    visits = [walk_in(office=country.office, by=maryam) for _ in range(5)]
    for visit in visits[:3]:
        call_visit(visit=visit, by=maryam)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"/offices/{country.office.code}/display/")
    expect(page.locator(".last")).to_have_text("۳")
    # It comes again by itself on purpose: nobody can reach a screen on the wall.
    assert [each for each in violations(page, axe) if "meta-refresh" not in each] == []
    assert page.evaluate("document.documentElement.scrollHeight") <= 720
