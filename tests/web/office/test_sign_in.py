import re

import pytest
from django.test import Client

from nobat.people import throttle
from nobat.people.models import Session
from tests.build import confirm_second_factor, sign_in_staff
from tests.web.citizen.journey import ANSWER
from tests.web.citizen.test_sign_in import count_wrong_passwords
from tests.web.office.entry import ASKED_FOR, address_of, first_step, is_at_work, second_step

pytestmark = pytest.mark.django_db
NEW = "+989129999999"
WRONG = "Kaj-Derakht-52"


@pytest.fixture(autouse=True)
def _fixed_answer(settings):
    settings.CAPTCHA_ANSWER = ANSWER


def test_mobile_and_password_lead_to_the_code_and_open_nothing_yet(client, maryam):
    confirm_second_factor(maryam)
    response = first_step(client, "۰۹۱۲ ۰۰۰ ۰۰۰۳")

    assert response["Location"] == address_of("sign_in_code")
    assert not is_at_work(client)
    assert Session.objects.get().person is None


def test_whoever_comes_for_the_first_time_sets_the_second_factor_up(client, maryam):
    assert first_step(client, maryam.mobile)["Location"] == address_of("set_up_second_factor")


def answer_to(mobile, password):
    """All that a stranger sees of the two steps."""
    client = Client()
    first = first_step(client, mobile, password)
    page = client.get(first["Location"])
    second = second_step(client, "000000")
    seen = [first.status_code, first["Location"], page.status_code, second.status_code]
    bodies = "".join(response.content.decode() for response in (page, second))
    bodies = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", bodies)
    return seen, re.sub(r"[۰-۹]{4}•••[۰-۹]{4}", "", bodies)


def test_right_and_wrong_passwords_and_people_without_a_role_look_alike(maryam, sara):
    confirm_second_factor(maryam)
    right = answer_to(maryam.mobile, "Sarv-Naz-41")

    assert right == answer_to(maryam.mobile, WRONG)
    assert right == answer_to(sara.mobile, "Sarv-Naz-41")
    assert right == answer_to(NEW, WRONG)
    assert "شمارهٔ موبایل، رمز یا کد درست نیست" in right[1]


def test_a_citizen_signed_in_is_still_nobody_here(client, sara):
    client.force_login(sara)

    assert client.get(address_of("sign_in")).status_code == 200
    first_step(client, sara.mobile)
    assert second_step(client).status_code == 422
    assert not is_at_work(client)


def test_after_five_passwords_the_page_asks_for_the_security_code(client, maryam):
    count_wrong_passwords(maryam.mobile, 5)
    refused = first_step(client, maryam.mobile)
    assert refused.status_code == 429
    assert "کد امنیتی را هم بنویسید" in refused.content.decode()

    answered = first_step(client, maryam.mobile, captcha_0="x", captcha_1=ANSWER)
    assert answered.status_code == 302


def test_after_twenty_the_page_says_until_when(client, maryam):
    count_wrong_passwords(maryam.mobile, throttle.PASSWORDS_PER_HOUR.most)
    response = first_step(client, maryam.mobile, captcha_0="x", captcha_1=ANSWER)

    assert response.status_code == 429
    assert "از ساعت ۰۸:۳۰ دوباره امتحان کنید" in response.content.decode()


def test_another_security_code_keeps_the_mobile(client):
    response = first_step(client, "0912", captcha_0="x", captcha_kind="words")

    assert response.status_code == 200
    assert 'value="0912"' in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"mobile": "12"}, "این شمارهٔ موبایل ایران نیست."),
        ({"password": ""}, "رمز عبور را بنویسید."),
    ],
)
def test_each_mistake_is_said_in_words(client, maryam, typed, sentence):
    response = client.post(
        address_of("sign_in"), {"mobile": maryam.mobile, "password": WRONG} | typed
    )

    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_who_is_at_work_already_goes_on(client, maryam):
    sign_in_staff(client, maryam)
    response = client.get(address_of("sign_in"), {"next": ASKED_FOR})

    assert response["Location"] == address_of("choose_office") + "?next=%2Foffice%2Fclerks%2F"


def test_the_page_is_kept_by_no_cache(client):
    assert "no-store" in client.get(address_of("sign_in"))["Cache-Control"]
