from uuid import uuid4

import pytest
from django.urls import reverse

from nobat.orders.run import run_orders

pytestmark = pytest.mark.django_db
PAGE = reverse("association:closures")


def test_each_order_is_listed_with_how_far_it_has_come(karimi_works, order):
    text = karimi_works.get(PAGE).content.decode()
    assert "استان فارس" in text
    assert "در حال انجام" in text

    run_orders()
    assert "در حال انجام" not in karimi_works.get(PAGE).content.decode()


def test_an_officer_of_another_province_sees_none_of_it(of_tehran, order):
    assert "استان فارس" not in of_tehran.get(PAGE).content.decode()


def test_before_the_first_order_the_page_says_so(karimi_works):
    assert "هنوز دستوری داده نشده است" in karimi_works.get(PAGE).content.decode()


def test_older_ones_are_on_further_pages(karimi_works, order, monkeypatch):
    order.pk, order.key, order.provinces = None, uuid4(), ["23"]
    order.save()
    monkeypatch.setattr("nobat.web.association.closures.ON_A_PAGE", 1)

    first = karimi_works.get(PAGE).content.decode()
    second = karimi_works.get(PAGE, {"page": "۲"}).content.decode()
    assert "استان تهران" in first
    assert "?page=2" in first
    assert "استان فارس" in second
