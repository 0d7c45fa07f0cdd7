"""Whoever signs up, books, prints the receipt and is checked in leaves no trace in the log but
the names of pages: read again at the lowest level, as people and as machines read it.
"""

import json
import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from nobat.appointments.models import Appointment
from nobat.appointments.receipt import receipt_text
from nobat.shared.persian import fa_digits
from nobat.urls import handler400, handler403, handler404, handler500  # noqa: F401
from nobat.urls import urlpatterns as real_pages
from nobat.visits.models import Visit
from tests.build import bring_back_places_and_services, sign_in_staff
from tests.logged import all_that_is_logged
from tests.sms.gateway import KeepsAll
from tests.sms.sending import send_due_sms
from tests.web.citizen.journey import (
    ANSWER,
    MOBILE,
    NATIONAL_CODE,
    address_of,
    first_page,
    second_page,
)
from tests.web.test_straight_booking import form

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, LAST = "قناری", "زردپر"
PASSWORD = "Canary-Qanari-Zard-7391"
CODE = "739146"
NUMBERS = re.compile(r"\b[0-9a-f]{32}\b")  # of requests, by chance


def crash(request: HttpRequest, typed: str) -> HttpResponse:
    raise RuntimeError(f"what is {typed}, or {request.POST.get('name')}?")


urlpatterns = [*real_pages, path("crash/<str:typed>/", crash, name="crash")]


@pytest.fixture
def outside(settings, monkeypatch):
    settings.SMS_GATEWAY = "tests.sms.gateway.KeepsAll"
    settings.CAPTCHA_ANSWER = ANSWER
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr("nobat.people.codes.secrets.randbelow", lambda _: int(CODE))
    KeepsAll.begins_anew()
    bring_back_places_and_services()


@pytest.fixture
def walked(outside, slot, maryam, clock):
    """The appointment, and what was logged on the way to its end."""
    with all_that_is_logged() as texts:
        browser = Client(raise_request_exception=False)
        sign_up(browser)
        appointment = book(browser, slot)
        look_at(browser, appointment)
        clock.shift(appointment.starts_at - appointment.booked_at)
        check_in(sign_in_staff(Client(raise_request_exception=False), maryam), appointment)
        break_down(browser, appointment)
    return appointment, *(text.getvalue() for text in texts)


def sign_up(browser):
    first_page(browser)
    send_due_sms()
    typed = {"first_name": FIRST, "last_name": LAST, "password": PASSWORD}
    assert second_page(browser, **typed, sms_code="905173").status_code == 422
    assert second_page(browser, **typed, sms_code=CODE).status_code == 302
    browser.post(address_of("sign_out"))
    browser.post(address_of("sign_in"), {"mobile": MOBILE, "password": "wrong", "way": "password"})
    browser.post(address_of("sign_in"), {"mobile": MOBILE, "password": PASSWORD, "way": "password"})
    assert browser.get(address_of("account")).status_code == 200


def book(browser, slot):
    page = f"/offices/{slot.office.code}/book/"
    browser.get(page, form(slot))
    answer = browser.post(page, form(slot))
    assert answer.status_code == 302
    assert browser.get(answer["Location"]).status_code == 200
    assert browser.post(page, form(slot)).status_code == 409
    return Appointment.objects.get()


def look_at(browser, appointment):
    mine = f"/my/appointments/{appointment.reference}/"
    for page in ("receipt/", "receipt.pdf", "appointment.ics", "place/", "move/", "cancel/"):
        browser.get(mine + page)
    browser.get(mine.replace("/my/", "/yours/"))
    browser.put(mine)


def check_in(desk, appointment):
    desk.post("/office/check-in/", {"code": receipt_text(appointment)}, follow=True)
    desk.post("/office/check-in/", {"code": NATIONAL_CODE}, follow=True)
    page = f"/office/check-in/{appointment.reference}/"
    desk.get(page)
    desk.post(page)
    assert Visit.objects.get().appointment == appointment
    desk.get(f"/office/appointments/{appointment.reference}/")


def break_down(browser, appointment):
    page = f"/crash/{appointment.reference}/"
    assert browser.post(page, {"name": FIRST}).status_code == 500
    foreign = browser.get(
        f"/offices/?q={NATIONAL_CODE}", HTTP_HOST=f"{appointment.reference}.example"
    )
    assert foreign.status_code == 400
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/my/appointments/{appointment.reference}/cancel/").status_code == 403


def canaries(appointment):
    local, reference = MOBILE.removeprefix("+98"), appointment.reference
    bare = re.sub(r"\D", "", reference)
    numbers = [local, NATIONAL_CODE, CODE, reference, bare, appointment.citizen.mobile]
    said = [FIRST, LAST, PASSWORD, receipt_text(appointment), *numbers, *map(fa_digits, numbers)]
    return said + [json.dumps(each).strip('"') for each in said]


def test_nothing_of_a_citizen_is_found_in_what_people_read(walked):
    appointment, lines, _ = walked
    lines = NUMBERS.sub("", lines)
    assert [canary for canary in canaries(appointment) if canary in lines] == []


def test_nothing_of_a_citizen_is_found_in_what_machines_read(walked):
    appointment, _, lines = walked
    lines = NUMBERS.sub("", lines)
    assert [canary for canary in canaries(appointment) if canary in lines] == []
    whole = "\n".join(str(json.loads(line)) for line in lines.splitlines())
    assert [canary for canary in canaries(appointment) if canary in whole] == []


def test_what_happened_can_be_read_by_the_names_of_pages(walked):
    _, for_people, for_machines = walked
    lines = [json.loads(line) for line in for_machines.splitlines()]
    answered = {(line["page"], line["status"]) for line in lines if "duration_ms" in line}
    assert {
        ("citizen:sign_up_details", 422),
        ("citizen:book", 302),
        ("citizen:book", 409),
        ("citizen:receipt_pdf", 200),
        ("citizen:booked", 405),
        ("none", 404),
        ("office:check_in", 302),
        ("crash", 500),
        ("citizen:cancel", 403),
        ("none", 400),
    } <= answered
    assert "Internal Server Error: crash" in for_people
    assert "POST citizen:book: 302 in " in for_people


def test_all_lines_of_a_request_have_its_number_also_that_of_the_page_of_an_error(walked):
    _, for_people, for_machines = walked
    lines = [json.loads(line) for line in for_machines.splitlines()]
    of_crash = [line for line in lines if line.get("page") == "crash"]
    assert len({line["request"] for line in of_crash}) == 1
    said = " ".join(line["message"] for line in of_crash)
    assert re.search(r"Follow-up number \d{6}: RuntimeError", said)
    assert re.search(rf"Follow-up number \d{{6}}.* \[{of_crash[0]['request']}\]", for_people)
    numbers = [line["request"] for line in lines if "duration_ms" in line]
    assert len(numbers) == len(set(numbers)) > 20
