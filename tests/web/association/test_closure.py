import pytest
from django.urls import reverse

from nobat.orders.run import run_orders
from nobat.schedule.models import ClosureOrder, Slot
from tests.build import TOMORROW, book
from tests.web.association.conftest import code_of_now

pytestmark = pytest.mark.django_db


def page_of(order, name="closure") -> str:
    return reverse(f"association:{name}", args=[order.pk])


@pytest.fixture
def running(sara, petition, fars, request):
    book(sara, Slot.objects.filter(office=fars, day=TOMORROW).first(), petition)
    return request.getfixturevalue("order")


def test_everybody_who_watches_sees_how_far_it_has_come(karimi_works, running):
    assert "۰ نفر از ۱" in karimi_works.get(page_of(running)).content.decode()

    run_orders()
    text = karimi_works.get(page_of(running)).content.decode()
    assert "۱ نفر از ۱" in text
    assert "به همه خبر داده شد" in text


def test_while_it_runs_the_part_asks_again_by_itself(karimi_works, running):
    assert 'hx-trigger="every 2s"' in karimi_works.get(page_of(running)).content.decode()
    part = karimi_works.get(page_of(running), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part

    run_orders()
    assert "every 2s" not in karimi_works.get(page_of(running)).content.decode()


def test_it_shows_what_became_of_whom_by_office(karimi_works, running):
    run_orders()
    text = karimi_works.get(page_of(running)).content.decode()

    assert "نارنجستان" in text
    assert "هنوز پاسخ نداده‌اند" in text


def test_lifting_asks_first_and_wants_the_code(karimi_works, order):
    page = page_of(order, "lift_closure")
    assert "تعطیلی برداشته شود؟" in karimi_works.get(page).content.decode()
    assert karimi_works.post(page, {"code": "000000"}).status_code == 422
    assert ClosureOrder.objects.get().state == "running"

    assert karimi_works.post(page, {"code": code_of_now()}).url == page_of(order)
    assert ClosureOrder.objects.get().state == "lifted"
    assert "برداشتن تعطیلی" not in karimi_works.get(page_of(order)).content.decode()


def test_of_another_province_it_is_not_found(of_tehran, order):
    assert of_tehran.get(page_of(order)).status_code == 404
    assert of_tehran.post(page_of(order, "lift_closure")).status_code == 404
