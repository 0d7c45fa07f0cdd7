"""The desk's page when its network is gone: receipts are checked, kept, and sent once."""

import base64
import json
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, Status
from nobat.shared.jalali import hour
from nobat.visits.models import Visit
from tests.browser.morning import forged, receipt_of, scan, sit_down, without_key_name
from tests.browser.test_accessibility import violations
from tests.build import national_code_for

pytestmark = pytest.mark.usefixtures("office_clock")
RIGHT, UNKNOWN = "#verdict-right", "#verdict-unknown"
WRONG = ".verdict--no:visible"


@pytest.fixture
def alone(desk, context) -> Page:
    """The desk's page, that has just lost its network."""
    expect(desk.locator("#open-camera")).to_be_visible()  # its scripts have run
    desk.wait_for_load_state("networkidle")
    context.set_offline(True)
    expect(desk.locator("#network-gone")).to_be_visible()
    return desk


def accept(desk: Page, name: str) -> None:
    expect(desk.locator(RIGHT)).to_contain_text("اینترنت نیست؛ امضا درست است")
    expect(desk.locator(f"{RIGHT} .compare b").first).to_have_text(name)
    expect(desk.get_by_role("button", name="خودش است، پذیرش")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator(RIGHT)).to_be_hidden()
    expect(desk.locator("#code")).to_be_focused()


def kept(desk: Page) -> list[dict[str, str]]:
    return json.loads(desk.evaluate("localStorage.getItem('unsent-check-ins-90070112')") or "[]")


def test_what_is_accepted_without_a_network_is_sent_once(alone, context, morning):
    first, second = morning.turns[1:3]

    scan(alone, receipt_of(first))
    accept(alone, first.citizen.full_name)
    expect(alone.locator("#unsent")).to_contain_text("۱ پذیرش هنوز فرستاده نشده")
    scan(alone, receipt_of(second))
    accept(alone, second.citizen.full_name)
    expect(alone.locator("#unsent")).to_contain_text("۲ پذیرش هنوز فرستاده نشده")
    assert [sorted(each) for each in kept(alone)] == [["at", "receipt"]] * 2
    assert not Visit.objects.exists()

    posts = []
    context.on("request", lambda asked: posts.append(asked.url) if asked.method == "POST" else 0)
    context.set_offline(False)

    expect(alone.locator("#unsent")).to_be_hidden()
    expect(alone.locator("#network-gone")).to_be_hidden()
    expect(alone.locator("#desk-said")).to_contain_text("شمارهٔ ۲")
    expect(alone.get_by_role("row", name=first.citizen.full_name)).to_contain_text("این‌جاست")
    assert len(posts) == Visit.objects.count() == 2
    assert kept(alone) == []
    # The device's clock is months wrong, and yet it is the hour of the scan.
    assert hour(Visit.objects.earliest("pk").arrived_at).startswith("۱۰:")


def test_what_does_not_count_here_and_today_is_refused_alone(alone, morning):
    scan(alone, forged(morning.turns[1]))
    expect(alone.locator(WRONG)).to_contain_text("امضای این رسید درست نیست")

    scan(alone, receipt_of(morning.elsewhere))
    expect(alone.locator(WRONG)).to_contain_text("این رسید برای دفتر دیگری است")
    expect(alone.locator(WRONG)).to_contain_text("یکشنبه ۱۳ اردیبهشت، ساعت ۱۱:۰۰")
    expect(alone.locator(WRONG)).to_contain_text("۹۰۰۷۰۱۱۸")
    expect(alone.locator(WRONG)).not_to_contain_text(morning.elsewhere.citizen.full_name)

    scan(alone, "1" + "7" * 90)
    expect(alone.locator(WRONG)).to_contain_text("این نوشته رسید نوبت نیست")

    scan(alone, receipt_of(morning.turns[1]))
    accept(alone, morning.turns[1].citizen.full_name)
    scan(alone, receipt_of(morning.turns[1]))
    expect(alone.locator(WRONG)).to_contain_text("پیش‌تر پذیرش شده است")
    alone.get_by_role("button", name="بعدی").click()
    expect(alone.locator("#code")).to_be_focused()
    assert len(kept(alone)) == 1


def test_a_receipt_of_an_old_key_is_right_alone_too(morning, context, live_server, settings):
    old, in_the_old_form = receipt_of(morning.turns[1]), without_key_name(morning.turns[2])
    settings.RECEIPT_KEYS = [base64.b64encode(bytes(range(32))).decode(), *settings.RECEIPT_KEYS]
    desk = sit_down(context, morning.maryam, live_server.url)
    expect(desk.locator("#open-camera")).to_be_visible()
    context.set_offline(True)

    for text, turn in zip(
        (old, in_the_old_form, receipt_of(morning.turns[3])), morning.turns[1:4], strict=True
    ):
        scan(desk, text)
        accept(desk, turn.citizen.full_name)


@pytest.mark.parametrize(
    ("days", "title"), [(1, "زمان این نوبت گذشته است"), (-1, "روزش امروز نیست")]
)
def test_a_receipt_of_another_day_is_refused_alone(
    office_clock, morning, context, live_server, days, title
):
    office_clock.shift(timedelta(days=days))
    desk = sit_down(context, morning.maryam, live_server.url)
    expect(desk.locator("#open-camera")).to_be_visible()
    context.set_offline(True)
    scan(desk, receipt_of(morning.turns[1]))
    expect(desk.locator(WRONG)).to_contain_text(title)
    expect(desk.locator(WRONG)).to_contain_text("یکشنبه ۱۳ اردیبهشت")


def test_a_code_cannot_be_checked_alone_and_stays_in_the_field(alone, morning):
    code = national_code_for(morning.turns[1].citizen.mobile)
    scan(alone, code)

    expect(alone.locator(UNKNOWN)).to_contain_text("کد بدون اینترنت بررسی نمی‌شود")
    expect(alone.locator(UNKNOWN)).to_contain_text("برگهٔ چاپی")
    expect(alone.locator("#code")).to_have_value(code)


def test_a_box_without_a_network_behind_it_is_noticed_too(desk, context, morning):
    expect(desk.locator("#open-camera")).to_be_visible()
    desk.wait_for_load_state("networkidle")
    context.route("**/*", lambda route: route.abort())
    scan(desk, receipt_of(morning.turns[1]))
    accept(desk, morning.turns[1].citizen.full_name)

    context.unroute("**/*")
    expect(desk.locator("#unsent")).to_be_hidden(timeout=25_000)
    assert Visit.objects.count() == 1


def test_a_page_that_has_no_network_is_not_left_by_mistake(alone):
    alone.get_by_role("link", name="مراجعهٔ حضوری").click()
    expect(alone.locator("#network-gone")).to_be_in_viewport()
    assert alone.url.endswith("/office/")


def test_one_that_was_deleted_meanwhile_is_told_until_somebody_has_seen_it(alone, context, morning):
    deleted = morning.turns[-1]
    scan(alone, receipt_of(deleted))
    accept(alone, deleted.citizen.full_name)
    cancel_appointment(appointment=Appointment.objects.get(pk=deleted.pk), by=deleted.citizen)

    context.set_offline(False)

    told = alone.locator("#refused-later")
    expect(told).to_contain_text(deleted.citizen.full_name)
    expect(told).to_contain_text("این نوبت حذف شده است")
    expect(alone.locator("#unsent")).to_be_hidden()
    alone.reload()
    expect(told).to_contain_text("این نوبت حذف شده است")
    told.get_by_role("button", name="دیدم").click()
    expect(told).to_be_empty()
    assert kept(alone) == []
    assert not Visit.objects.exists()


def test_a_session_that_has_ended_keeps_what_is_not_sent(alone, context, morning):
    turn = morning.turns[1]
    scan(alone, receipt_of(turn))
    accept(alone, turn.citizen.full_name)
    context.route("**/later/", lambda route: route.fulfill(status=302, headers={"location": "/"}))

    context.set_offline(False)

    expect(alone.get_by_role("link", name="دوباره وارد شوید")).to_be_visible()
    assert len(kept(alone)) == 1
    context.unroute("**/later/")
    alone.get_by_role("link", name="دوباره وارد شوید").click()
    expect(alone.locator("#desk-said")).to_contain_text("شمارهٔ ۱")
    assert Appointment.objects.get(pk=turn.pk).status == Status.CHECKED_IN


def test_what_the_page_says_alone_is_accessible(alone, morning, axe):
    alone.emulate_media(reduced_motion="reduce")
    scan(alone, receipt_of(morning.turns[1]))
    expect(alone.locator(RIGHT)).to_be_visible()
    found = violations(alone, axe)
    accept(alone, morning.turns[1].citizen.full_name)
    scan(alone, forged(morning.turns[2]))
    expect(alone.locator(WRONG)).to_be_visible()
    found += violations(alone, axe)
    assert found == []
