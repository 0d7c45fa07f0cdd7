from datetime import timedelta

import pytest
from django.test import Client

from nobat.people.models import Session
from nobat.people.passwords import is_right_password
from tests.build import PASSWORD
from tests.web.citizen.journey import ANSWER, address_of, body_of, is_signed_in

pytestmark = pytest.mark.django_db
NEW = "+989129999999"
FRESH = "Kaj-Derakht-52"


@pytest.fixture(autouse=True)
def fixed_answer(settings, sms_code):
    settings.CAPTCHA_ANSWER = ANSWER


def ask(client, mobile):
    typed = {"mobile": mobile, "captcha_0": "x", "captcha_1": ANSWER}
    client.post(address_of("reset_password"), typed)
    return client


def give(client, digits, password=FRESH, **more):
    typed = {"sms_code": digits, "password": password}
    return client.post(address_of("reset_password_code"), typed | more)


def test_the_code_sets_a_new_password_and_signs_in(client, sara):
    give(ask(client, sara.mobile), "012345")

    sara.refresh_from_db()
    assert is_right_password(sara, FRESH)
    assert is_signed_in(client)


def test_every_other_device_is_signed_out(client, sara):
    other = Client()
    other.force_login(sara)
    give(ask(client, sara.mobile), "012345")

    assert not is_signed_in(other)


@pytest.mark.parametrize("before", ["sara", "reza"])
def test_whoever_was_signed_in_on_the_device_is_now_who_reset(client, sara, reza, before):
    client.force_login({"sara": sara, "reza": reza}[before])
    key = client.cookies["session"].value
    give(ask(client, sara.mobile), "012345")

    assert Session.objects.get().person == sara
    assert client.cookies["session"].value != key
    assert is_signed_in(client)


def test_who_asked_for_no_code_is_sent_to_ask(client):
    response = client.get(address_of("reset_password_code"))

    assert response["Location"] == address_of("reset_password")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"digits": "999999"}, "این کد درست نیست"),
        ({"digits": "12"}, "۶ رقم"),
        ({"digits": "012345", "password": "12345678"}, "بسیار رایج"),
        ({"digits": "012345", "password": "09120000001"}, "نخستین حدس"),
        ({"digits": "012345", "password": ""}, "رمز عبور را بنویسید."),
    ],
)
def test_each_mistake_is_said_in_words_and_changes_nothing(client, sara, typed, sentence):
    response = give(ask(client, sara.mobile), **typed)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    sara.refresh_from_db()
    assert is_right_password(sara, PASSWORD)


def test_a_wrong_code_does_not_cost_the_password(client, sara):
    page = give(ask(client, sara.mobile), "999999").content.decode()
    kept = page.split('name="kept_password" value="')[1].split('"')[0]
    give(client, "012345", password="", kept_password=kept)

    sara.refresh_from_db()
    assert is_right_password(sara, FRESH)


def test_a_known_and_an_unknown_number_get_the_same_answers(sara):
    answers = []
    for mobile in (sara.mobile, NEW):
        client = ask(Client(), mobile)
        pages = [client.get(address_of("reset_password_code"))]
        pages += [give(client, "999999") for _ in range(6)]
        answers.append([(page.status_code, body_of(page)) for page in pages])

    assert answers[0] == answers[1]


def test_a_fresh_code_can_be_asked_for_after_a_minute(client, sara, clock):
    ask(client, sara.mobile)
    assert "ثانیهٔ دیگر" in give(client, "", again="1").content.decode()
    clock.shift(timedelta(minutes=1))

    assert "کد تازه فرستاده شد" in give(client, "", again="1").content.decode()
