import re

import pytest
from django.urls import reverse
from django.utils import timezone

from nobat.schedule.models import ClosureOrder, Slot
from tests.build import TOMORROW, book
from tests.web.association.conftest import code_of_now

pytestmark = pytest.mark.django_db
DAY = f"first_day={TOMORROW}&last_day={TOMORROW}&reason=برف"
PAGE = f"{reverse('association:closure_preview')}?provinces=07&{DAY}"


@pytest.fixture
def booked(sara, fars, petition):
    return book(sara, Slot.objects.filter(office=fars, day=TOMORROW).first(), petition)


def form_of(client, page=PAGE) -> dict[str, str]:
    text = client.get(page).content.decode()
    return dict(re.findall(r'name="(key|seen)" value="([^"]*)"', text)) | {"code": code_of_now()}


def test_it_says_what_follows_before_anything_is_done(karimi_works, booked):
    text = karimi_works.get(PAGE).content.decode()

    assert "تعطیلی استان فارس" in text
    assert "نوبت در ۱ دفتر کنار می‌رود" in text
    assert "پیشنهاد: دوشنبه ۱۴ اردیبهشت ساعت ۰۸:۰۰، همین دفتر" in text
    assert not ClosureOrder.objects.exists()


def test_with_the_code_it_is_done(karimi_works, booked):
    answer = karimi_works.post(PAGE, form_of(karimi_works))

    order = ClosureOrder.objects.get()
    assert answer.url == reverse("association:closure", args=[order.pk])
    assert (order.provinces, order.affected, order.reason) == (["07"], 1, "برف")


def test_pressed_twice_it_is_done_once(karimi_works, booked):
    asked = form_of(karimi_works)
    answers = [karimi_works.post(PAGE, asked) for _ in range(2)]

    assert ClosureOrder.objects.count() == 1
    assert answers[0].url == answers[1].url


@pytest.mark.parametrize("code", ["", "000000", "12"])
def test_without_the_right_code_nothing_is_done(karimi_works, booked, code):
    answer = karimi_works.post(PAGE, form_of(karimi_works) | {"code": code})

    assert answer.status_code == 422
    assert not ClosureOrder.objects.exists()


def test_whoever_booked_meanwhile_must_be_looked_at(karimi_works, booked, reza, fars, petition):
    asked = form_of(karimi_works)
    book(reza, Slot.objects.filter(office=fars, day=TOMORROW).last(), petition)

    answer = karimi_works.post(PAGE, asked)

    assert answer.status_code == 409
    assert "فهرست تازه را ببینید" in answer.content.decode()
    assert not ClosureOrder.objects.exists()


def test_what_cannot_be_is_refused_in_words(karimi_works, fars):
    past = PAGE.replace(str(TOMORROW), "2026-04-01")
    assert karimi_works.get(past).status_code == 409
    assert karimi_works.get(PAGE.replace("07", "04")).status_code == 409


def test_an_officer_of_another_province_finds_nothing(of_tehran, booked):
    assert of_tehran.get(PAGE).status_code == 404
    assert of_tehran.post(PAGE, {"key": "x"}).status_code == 404


def test_without_appointments_only_free_hours_close(karimi_works, fars):
    text = karimi_works.get(PAGE).content.decode()

    assert "فقط وقت‌های آزاد بسته می‌شود" in text
    assert timezone.now().isoformat() not in text
