from datetime import timedelta

import pytest
from django.test import Client

from nobat.sms.models import OutgoingSms
from tests.web.citizen.journey import ANSWER, address_of, body_of, is_signed_in

pytestmark = pytest.mark.django_db
NEW = "+989129999999"


@pytest.fixture(autouse=True)
def fixed_answer(settings, sms_code):
    settings.CAPTCHA_ANSWER = ANSWER


def ask(client, mobile):
    client.post(address_of("sign_in"), {"mobile": mobile, "way": "code"})
    return client


def give(client, digits, **more):
    return client.post(address_of("sign_in_code"), {"sms_code": digits} | more)


def again(client, **more):
    return client.post(address_of("sign_in_code"), {"again": "1"} | more)


def test_the_code_opens_the_account_and_leads_back(client, sara):
    response = give(ask(client, sara.mobile), "۰۱۲۳۴۵", next="/offices/1021/")

    assert response["Location"] == "/offices/1021/"
    assert is_signed_in(client)


def test_who_asked_for_no_code_is_sent_to_ask(client):
    assert client.get(address_of("sign_in_code"))["Location"] == address_of("sign_in")


@pytest.mark.parametrize(
    ("digits", "sentence"),
    [("", "بنویسید"), ("123", "۶ رقم"), ("999999", "این کد درست نیست")],
)
def test_each_mistake_is_said_in_words(client, sara, digits, sentence):
    response = give(ask(client, sara.mobile), digits)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not is_signed_in(client)


def test_a_known_and_an_unknown_number_get_the_same_answers(sara):
    answers = []
    for mobile in (sara.mobile, NEW):
        client = ask(Client(), mobile)
        pages = [client.get(address_of("sign_in_code"))]
        pages += [give(client, "999999") for _ in range(6)]
        pages += [again(client)]
        answers.append([(page.status_code, body_of(page)) for page in pages])

    assert answers[0] == answers[1]


def test_a_fresh_code_comes_after_a_minute_and_the_third_needs_the_security_code(
    client, sara, clock
):
    ask(client, sara.mobile)
    assert "ثانیهٔ دیگر" in again(client).content.decode()
    clock.shift(timedelta(minutes=1))
    assert "کد تازه فرستاده شد" in again(client).content.decode()
    clock.shift(timedelta(minutes=1))
    assert "کد امنیتی" in again(client).content.decode()
    assert OutgoingSms.objects.count() == 2

    sent = again(client, captcha_0="x", captcha_1=ANSWER)
    assert "کد تازه فرستاده شد" in sent.content.decode()
    assert OutgoingSms.objects.count() == 3


def test_a_wrong_security_code_is_said_so(client, sara):
    page = again(ask(client, sara.mobile), captcha_0="x", captcha_1="99999").content.decode()

    assert "کد امنیتی درست نبود" in page


def test_another_security_code_can_be_asked_for(client, sara):
    page = again(ask(client, sara.mobile), captcha_0="x", captcha_kind="words").content.decode()

    assert "به‌علاوهٔ" in page
