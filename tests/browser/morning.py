"""A Sunday at the counter: ten citizens with appointments, and the clerk who waits for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from typing import NamedTuple

import time_machine
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from nobat.appointments.models import Appointment
from nobat.appointments.receipt import receipt_text
from nobat.appointments.receipt_keys import sign
from nobat.offices.models import Office
from nobat.people.models import Person
from nobat.schedule.models import Slot
from nobat.shared.jalali import TEHRAN
from tests.browser.country import Country
from tests.build import TOMORROW, book, make_person, make_staff, sign_in_staff

SATURDAY_8_AM = datetime(2026, 5, 2, 4, 30, tzinfo=UTC)
SUNDAY_MORNING = datetime(2026, 5, 3, 6, 35, tzinfo=UTC)  # five past ten in Tehran
# In the order of their hours; only those of the day come to this office.
VISITORS = [
    ("کاوه", "بهرامی", "09:30"),
    ("فاطمه", "دلاوری", "10:00"),
    ("امیرحسین", "پویا", "10:00"),
    ("مینا", "صداقت", "10:30"),
    ("حسن", "یزدان‌پناه", "10:30"),
    ("گلناز", "عطایی", "11:00"),
    ("یوسف", "حیدری", "11:00"),
    ("ناهید", "برومند", "11:30"),
    ("مهدی", "شایگان", "12:00"),
    ("زهرا", "توکلی‌نیا", "13:00"),
]


class Morning(NamedTuple):
    office: Office
    maryam: Person
    turns: list[Appointment]  # of today, by their hours
    elsewhere: Appointment  # of today, at the neighbour


@contextmanager
def clock_of_the_office() -> Iterator[time_machine.Traveller]:
    """It goes on, but from Saturday morning: a test must not depend on the hour of its run.

    The clock of the browser keeps the real time, as a device whose clock is wrong.
    """
    with time_machine.travel(SATURDAY_8_AM, tick=True) as clock:
        yield clock


def open_morning(country: Country, clock: time_machine.Traveller) -> Morning:
    """Book on Saturday, and let it be five past ten on Sunday."""
    maryam = make_staff(country.office, "مریم", "حسینی", mobile="+989120000003")
    turns = [
        _booked(country, country.office, number, *visitor)
        for number, visitor in enumerate(VISITORS)
    ]
    elsewhere = _booked(country, country.neighbour, 10, "رضا", "کریمی", "11:00")
    clock.move_to(SUNDAY_MORNING, tick=True)
    return Morning(country.office, maryam, turns, elsewhere)


def _booked(
    country: Country, office: Office, number: int, first: str, last: str, hour: str
) -> Appointment:
    starts_at = datetime.combine(TOMORROW, time.fromisoformat(hour), TEHRAN)
    slot = Slot.objects.get(office=office, starts_at=starts_at)
    citizen = make_person(first, last, mobile=f"+9891211122{number:02}")
    return book(citizen, slot, country.service)


def sit_down(context: BrowserContext, person: Person, address: str) -> Page:
    """The desk's page, of somebody who has shown password and second factor."""
    session = sign_in_staff(Client(), person).cookies[settings.SESSION_COOKIE_NAME]
    cookie = {"name": session.key, "value": session.value, "url": address}
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto("/office/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("امروز")
    return page


def scan(page: Page, text: str) -> None:
    """As a hardware scanner: keys wherever the focus is, and Enter, once the page is there."""
    page.wait_for_load_state("load")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def receipt_of(appointment: Appointment) -> str:
    return receipt_text(Appointment.objects.get(pk=appointment.pk))


def without_key_name(appointment: Appointment) -> str:
    """As it was printed before receipts said which key had signed them."""
    number = int(receipt_of(appointment)[1:])
    payload = number.to_bytes((number.bit_length() + 7) // 8, "big")[:-64]
    fields = payload.partition(b"|")[2]
    return "1" + str(int.from_bytes(fields + sign(fields), "big"))


def forged(appointment: Appointment) -> str:
    """One digit is another one."""
    text = receipt_of(appointment)
    return text[:50] + str((int(text[50]) + 1) % 10) + text[51:]
