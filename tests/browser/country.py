"""A small country for the browser: two offices, hours every day, and its phones."""

from datetime import time, timedelta
from typing import NamedTuple

from django.utils import timezone

from nobat.offices.models import Office, Service
from nobat.schedule.publish import publish_slots_ahead
from nobat.shared.jalali import tehran_day
from nobat.sms.models import DemoPhoneSms
from tests.build import bring_back_places_and_services, make_hours, make_office
from tests.sms.sending import send_due_sms

EVERY_DAY = range(7)


class Country(NamedTuple):
    office: Office
    neighbour: Office
    service: Service


def open_country() -> Country:
    bring_back_places_and_services()
    service = Service.objects.get(code="petition")
    bookable = list(Service.objects.filter(is_bookable=True))
    office = make_office("90070112", services=bookable)
    neighbour = make_office(
        "90070118",
        services=[service],
        name="سروناز",
        manager="لیلا مرادی‌نژاد",
        address="بلوار چمران، نبش کوچهٔ ۲۱",
        lat=29.64,
        lon=52.5,
    )
    today = tehran_day(timezone.now())
    for each in (office, neighbour):
        make_hours(
            each,
            EVERY_DAY,
            valid_from=today - timedelta(days=1),
            opens_at=time(8),
            closes_at=time(14),
            seats=3,
        )
    publish_slots_ahead()
    return Country(office, neighbour, service)


def newest_sms(mobile: str) -> str:
    """Let the worker's job run, and read the phone."""
    send_due_sms()
    return DemoPhoneSms.objects.filter(to=mobile).latest("pk").text
