"""The evening at an office, the citizen's week without booking, and what they object."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from nobat.appointments.models import Objection
from nobat.appointments.objection import accept_objection
from nobat.offices.models import AssociationMember, Role
from nobat.schedule.models import Slot
from nobat.shared.jalali import tehran_day
from nobat.visits.end_of_day import close_finished_days
from tests.browser.country import newest_sms
from tests.browser.test_accessibility import violations
from tests.build import (
    book,
    make_person,
    make_slot,
    make_staff,
    make_visit,
    sign_in,
    sign_in_staff,
)

DAY = timedelta(days=1)


@pytest.fixture
def yesterday():
    return tehran_day(timezone.now()) - DAY


@pytest.fixture
def sara(country, yesterday):
    """She had a turn yesterday and did not come."""
    person = make_person("سارا", "محمدی", mobile="+989120000001")
    slot = make_slot(country.office, "10:00", day=yesterday)
    with time_machine.travel(timezone.now() - 3 * DAY):
        book(person, slot, country.service)
    return person


@pytest.fixture
def manager(country):
    return make_staff(country.office, "بهرام", "کیانی", mobile="+989120000004", role=Role.MANAGER)


@pytest.fixture
def enter(context, live_server):
    """The browser goes on with this session."""

    def enter(client: Client) -> None:
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        context.add_cookies([cookie])

    return enter


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("PICTURES_TO")
    if folder:
        page.screenshot(
            path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True
        )


def test_who_did_not_come_reads_why_objects_and_hears_the_answer(
    page, enter, axe, country, sara, manager, yesterday
):
    make_visit(country.office, by=manager, day=yesterday)
    assert close_finished_days() == 1
    assert "نیامدید" in newest_sms(sara.mobile)
    enter(sign_in(Client(), sara))

    free = Slot.objects.free().filter(office=country.office).order_by("starts_at").first()
    page.goto(f"/offices/90070112/book/?slot={free.pk}&service=petition")
    expect(page.get_by_role("heading", level=1)).to_contain_text("نوبت اینترنتی ندارید")
    assert violations(page, axe) == []
    picture(page, "suspended")

    page.goto("/my/appointments/")
    assert violations(page, axe) == []
    picture(page, "week")
    page.get_by_role("link", name=re.compile("به کانون بگویید")).click()
    page.get_by_role("button", name="اعتراض را بفرست").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page, axe) == []
    page.get_by_label("چه شد").fill("همان ساعت در دفتر بودم و برگهٔ صف دارم.")
    picture(page, "object")
    page.get_by_role("button", name="اعتراض را بفرست").click()
    expect(page.get_by_text("اعتراض شما ثبت شده است")).to_be_visible()
    picture(page, "objected")

    member = make_person("سیمین", "کریمی", mobile="+989120000006")
    AssociationMember.objects.create(person=member, since=timezone.now())
    accept_objection(objection=Objection.objects.get(), by=member, answer="نام شما هست.")
    assert "دوباره می‌توانید" in newest_sms(sara.mobile)
    page.goto(f"/offices/90070112/book/?slot={free.pk}&service=petition")
    expect(page.get_by_role("button", name="ثبت نوبت")).to_be_visible()
    page.goto("/my/appointments/")
    expect(page.get_by_text("بدون جریمه")).to_be_visible()
    picture(page, "excused")


def test_the_office_says_what_went_wrong(page, enter, axe, country, sara, manager, yesterday):
    assert close_finished_days() == 1
    assert "روزهای بی‌ثبت" in newest_sms(manager.mobile)
    enter(sign_in_staff(Client(), manager))

    page.goto("/office/unanswered/")
    assert violations(page, axe) == []
    picture(page, "unanswered")
    page.get_by_role("button", name=re.compile("دفتر بسته بود")).click()
    expect(page.get_by_text("روزی منتظر پاسخ نیست")).to_be_visible()
    assert violations(page, axe) == []
    picture(page, "answered")

    page.goto("/office/outage/")
    assert violations(page, axe) == []
    page.get_by_label("روز", exact=True).select_option(yesterday.isoformat())
    page.get_by_label("از ساعت").fill("۹")
    page.get_by_label("تا ساعت").fill("۱۲:۳۰")
    picture(page, "outage")
    page.get_by_role("button", name="ببینم چند نفر است").click()
    expect(page.get_by_role("alert")).to_contain_text("دلیل")
    page.get_by_label("دلیل").fill("قطعی برق محله")
    page.get_by_role("button", name="ببینم چند نفر است").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("این قطعی ثبت شود؟")
    assert violations(page, axe) == []
    picture(page, "outage_preview")
    page.get_by_role("button", name="تغییر").click()
    expect(page.get_by_label("دلیل")).to_have_value("قطعی برق محله")
