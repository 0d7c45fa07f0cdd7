import re

import pytest
from django.urls import reverse

from nobat.offices.models import Office, OfficeStatus
from nobat.orders.run import run_orders
from nobat.schedule.models import ClosureOrder, Slot
from tests.build import TOMORROW, book
from tests.web.association.conftest import code_of_now

pytestmark = pytest.mark.django_db
PAGE = reverse("association:office_status", args=["1021"])
ASKED = {"status": "suspended", "first_day": str(TOMORROW), "reason": "تعلیق پروانه"}


@pytest.fixture
def booked(sara, fars, petition):
    return book(sara, Slot.objects.filter(office=fars, day=TOMORROW).first(), petition)


def second_form(client) -> dict[str, str]:
    text = client.post(PAGE, ASKED).content.decode()
    assert "نوبت از یکشنبه ۱۳ اردیبهشت به بعد کنار می‌رود" in text
    return ASKED | dict(re.findall(r'name="(key|seen)" value="([^"]*)"', text))


def status() -> str:
    return Office.objects.get(code="1021").status


def test_suspended_after_a_look_and_the_code(karimi_works, booked):
    asked = second_form(karimi_works)
    assert status() == OfficeStatus.OPEN

    answer = karimi_works.post(PAGE, asked | {"code": code_of_now()})
    run_orders()

    booked.refresh_from_db()
    assert answer.url == reverse("association:closure", args=[ClosureOrder.objects.get().pk])
    assert (status(), booked.status) == (OfficeStatus.SUSPENDED, "displaced")


def test_and_opened_again(karimi_works, booked, clock):
    karimi_works.post(PAGE, second_form(karimi_works) | {"code": code_of_now()})
    clock.shift(60)
    assert "دوباره فعال شود؟" in karimi_works.get(PAGE).content.decode()

    karimi_works.post(PAGE, {"code": code_of_now()})

    assert status() == OfficeStatus.OPEN


def test_a_wrong_code_or_nothing_typed_changes_nothing(karimi_works, booked):
    assert karimi_works.post(PAGE, {}).status_code == 422
    wrong = karimi_works.post(PAGE, second_form(karimi_works) | {"code": "000000"})

    assert wrong.status_code == 422
    assert 'value="تعلیق پروانه"' in wrong.content.decode()
    assert status() == OfficeStatus.OPEN


def test_whoever_booked_meanwhile_must_be_looked_at(karimi_works, booked, reza, fars, petition):
    asked = second_form(karimi_works)
    book(reza, Slot.objects.filter(office=fars, day=TOMORROW).last(), petition)

    answer = karimi_works.post(PAGE, asked | {"code": code_of_now()})

    assert answer.status_code == 409
    assert "<b>۲</b>" in answer.content.decode()
    assert status() == OfficeStatus.OPEN


def test_of_another_province_it_is_not_found(of_tehran, fars):
    assert of_tehran.get(PAGE).status_code == 404
