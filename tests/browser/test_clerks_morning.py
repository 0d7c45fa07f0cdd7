"""A clerk's morning: whoever comes is checked in, called and served, or refused in words."""

import pytest
from playwright.sync_api import Page, expect

from nobat.appointments.models import Appointment, Status
from nobat.shared.persian import fa_digits
from nobat.sms.models import OutgoingSms, State
from nobat.visits.models import Visit, VisitState
from tests.browser.morning import forged, receipt_of, scan, sit_down
from tests.browser.test_accessibility import violations
from tests.build import national_code_for

pytestmark = pytest.mark.usefixtures("office_clock")


def admit(desk: Page, name: str) -> None:
    """Hold the card against the screen, and press the button that has the focus."""
    expect(desk.locator(".compare b:visible").first).to_have_text(name)
    expect(desk.get_by_role("button", name="خودش است، پذیرش")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator(".toast-line")).to_contain_text("پذیرش شد")
    expect(desk.locator("#code")).to_be_focused()


def refused(desk: Page, title: str) -> None:
    expect(desk.locator(".verdict--no:visible")).to_contain_text(title)
    expect(desk.locator("#code")).to_be_focused()
    expect(desk.locator("#code")).to_have_value("")


def test_a_clerks_morning(desk, morning):
    late, by_scan, by_code, by_card, missing, *_, of_the_forger = morning.turns

    scan(desk, receipt_of(by_scan))
    admit(desk, by_scan.citizen.full_name)

    scan(desk, fa_digits(by_code.reference))
    admit(desk, by_code.citizen.full_name)

    scan(desk, national_code_for(by_card.citizen.mobile))
    admit(desk, by_card.citizen.full_name)

    scan(desk, receipt_of(morning.elsewhere))
    refused(desk, "این نوبت برای دفتر دیگری است")
    scan(desk, forged(of_the_forger))
    refused(desk, "امضای این رسید درست نیست")
    desk.get_by_role("link", name="به صف امروز").click()

    row = desk.get_by_role("row", name=late.citizen.full_name)
    expect(row).to_contain_text("دیر کرده")
    row.get_by_role("link", name="جایش را بده").click()
    desk.get_by_label("نام", exact=True).fill("رضا")
    desk.get_by_role("button", name="شماره بده").click()
    expect(desk.locator(".toast-line")).to_contain_text("شمارهٔ ۴")

    scan(desk, receipt_of(missing))
    desk.get_by_role("button", name="مدارک ناقص است").click()
    desk.get_by_role("button", name="ثبت پایان").click()
    expect(desk.locator(".error-summary")).to_be_focused()
    desk.get_by_label("چه کم بود").fill("کپی شناسنامه")
    desk.get_by_role("button", name="ثبت پایان").click()
    expect(desk.locator(".toast-line")).to_contain_text("مدارک ناقص")

    for turn in (by_scan, by_code):
        desk.get_by_role("button", name="نفر بعد را صدا بزن").click()
        called = desk.get_by_role("row", name=turn.citizen.full_name)
        expect(called).to_contain_text("در حال انجام")
        expect(desk.locator("#code")).to_be_focused()
        called.get_by_role("button", name="انجام شد").click()
        expect(called).to_have_count(0)  # folded away with those who are through
    desk.get_by_role("button", name="نفر بعد را صدا بزن").click()
    expect(desk.get_by_role("row", name="رضا")).to_contain_text("در حال انجام")

    assert Visit.objects.filter(state=VisitState.SERVED).count() == 2
    assert Visit.objects.get(in_place_of=late).state == VisitState.BEING_SERVED
    assert Visit.objects.get(appointment=missing).note == "کپی شناسنامه"
    assert Appointment.objects.get(pk=of_the_forger.pk).status == Status.BOOKED


def test_the_next_receipt_does_not_admit_the_one_on_the_screen(desk, morning):
    first, _, second, *_ = morning.turns
    scan(desk, receipt_of(first))
    expect(desk.locator(".compare b:visible").first).to_have_text(first.citizen.full_name)

    scan(desk, receipt_of(second))

    expect(desk.locator(".compare b:visible").first).to_have_text(second.citizen.full_name)
    assert not Visit.objects.exists()


def test_a_scanner_types_into_the_field_wherever_the_focus_is(desk, morning):
    desk.get_by_role("link", name="مراجعهٔ حضوری").focus()
    scan(desk, receipt_of(morning.turns[1]))
    expect(desk.locator(".compare b:visible").first).to_have_text("فاطمه دلاوری")


def test_the_list_comes_anew_and_what_is_typed_stays(desk):
    desk.keyboard.type("۴۸۱۹۲۷")
    with desk.expect_response("**/office/"):
        desk.evaluate("htmx.ajax('GET', '/office/', '#queue')")
    expect(desk.locator("#queue .counts")).to_be_visible()

    expect(desk.locator("#code")).to_have_value("۴۸۱۹۲۷")
    expect(desk.locator("#code")).to_be_focused()


def test_without_javascript_the_plain_form_checks_in(chromium, live_server, morning, size):
    context = chromium.new_context(
        viewport=size, base_url=live_server.url, java_script_enabled=False
    )
    desk = sit_down(context, morning.maryam, live_server.url)
    expect(desk.get_by_role("button", name="دوربین")).to_be_hidden()
    desk.locator("#code").fill(receipt_of(morning.turns[1]))
    desk.locator("#code").press("Enter")
    desk.get_by_role("button", name="خودش است، پذیرش").click()

    expect(desk.locator(".toast-line")).to_contain_text("شمارهٔ ۱")
    assert Visit.objects.get().appointment == morning.turns[1]
    context.close()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_pages_of_the_counter_are_accessible(desk, morning, axe, colours):
    desk.emulate_media(color_scheme=colours, reduced_motion="reduce")
    first, second = morning.turns[1:3]
    found = violations(desk, axe)
    OutgoingSms.objects.filter(about=first.reference).update(state=State.UNDELIVERED)
    for address in (
        f"check-in/{first.reference}/",
        f"appointments/{first.reference}/",
        "walk-in/",
    ):
        desk.goto(f"/office/{address}")
        found += violations(desk, axe)
    desk.goto(f"/office/check-in/{second.reference}/")
    desk.get_by_role("button", name="خودش است، پذیرش").click()
    found += violations(desk, axe)
    desk.goto("/office/visits/1/")
    found += violations(desk, axe)
    desk.goto("/office/")
    scan(desk, forged(first))
    expect(desk.locator(".verdict--no:visible")).to_be_visible()
    found += violations(desk, axe)
    assert found == []


def test_an_appointment_and_its_messages_are_whole_on_the_smallest_phone(desk, morning, size):
    turn = morning.turns[1]
    OutgoingSms.objects.filter(about=turn.reference).update(state=State.BLOCKED, tries=3)
    desk.set_viewport_size({"width": 320, "height": 640})
    desk.goto("/office/")
    desk.get_by_role("link", name=turn.citizen.full_name, exact=True).click()
    desk.get_by_text("متن پیامک").click()

    expect(desk.locator(".sms")).to_contain_text("کد رهگیری")
    expect(desk.get_by_text("گیرنده بسته است")).to_be_visible()
    assert desk.evaluate("document.documentElement.scrollWidth") == 320
