"""The page that gives somebody all that is kept of them, as a file."""

import json

import pytest
from django.test import Client

from tests.build import PASSWORD, book, national_code_for, sign_in
from tests.web.citizen.journey import address_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(sara):
    return sign_in(Client(), sara)


def post(client, **typed):
    return client.post(address_of("own_data"), typed)


def test_the_page_itself_shows_nothing_of_it(here, sara):
    page = here.get(address_of("own_data")).content.decode()

    assert national_code_for(sara.mobile) not in page
    assert 'name="password"' in page


def test_with_the_password_it_is_a_file_to_read(here, sara, slot, petition):
    appointment = book(sara, slot, petition)
    response = post(here, password=PASSWORD, **{"as": "text"})

    assert response["Content-Disposition"] == 'attachment; filename="nobat-my-data.txt"'
    assert "no-store" in response["Cache-Control"]
    text = response.content.decode()
    assert national_code_for(sara.mobile) in text
    assert appointment.reference in text
    assert "یکشنبه ۱۳ اردیبهشت ۱۴۰۵، ساعت ۱۰:۰۰" in text


def test_or_one_for_programs(here, sara, slot, petition):
    appointment = book(sara, slot, petition)
    response = post(here, password=PASSWORD, **{"as": "json"})

    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content)["نوبت‌ها"][0]["کد رهگیری"] == appointment.reference


def test_a_code_by_sms_opens_it_too(here, sms_code):
    assert 'name="sms_code"' in post(here, send_code="1").content.decode()
    assert post(here, by="code", sms_code=sms_code)["Content-Type"].startswith("text/plain")


def test_a_wrong_password_gives_nothing(here):
    response = post(here, password="wrong")

    assert response.status_code == 422
    assert "Content-Disposition" not in response.headers
