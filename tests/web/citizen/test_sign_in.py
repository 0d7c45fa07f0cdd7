from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nobat.people import throttle
from nobat.people.models import Session
from nobat.sms.models import Kind, OutgoingSms
from tests.build import PASSWORD
from tests.web.citizen.journey import ANSWER, address_of, body_of, is_signed_in

pytestmark = pytest.mark.django_db
NEW = "+989129999999"
BACK = "/offices/1021/"


@pytest.fixture(autouse=True)
def fixed_answer(settings):
    settings.CAPTCHA_ANSWER = ANSWER


def enter(client, mobile, password=PASSWORD, **more):
    typed = {"mobile": mobile, "password": password, "way": "password"}
    return client.post(address_of("sign_in"), typed | more)


def ask_for_code(client, mobile, **more):
    return client.post(address_of("sign_in"), {"mobile": mobile, "way": "code"} | more)


def count_wrong_passwords(mobile, times):
    for _ in range(times):
        throttle.count(throttle.PASSWORDS_PER_HOUR, mobile, timezone.now())


def test_mobile_and_password_open_the_account(client, sara):
    response = enter(client, "۰۹۱۲ ۰۰۰ ۰۰۰۱")

    assert response["Location"] == address_of("my_appointments")
    assert is_signed_in(client)


def test_a_session_lasts_thirty_days_and_not_longer(client, sara, clock):
    response = enter(client, sara.mobile)
    assert response.cookies["session"]["max-age"] == 30 * 24 * 3600
    assert response.cookies["session"]["httponly"]

    clock.shift(timedelta(days=30, seconds=-1))
    assert is_signed_in(client)
    clock.shift(timedelta(seconds=1))
    assert not is_signed_in(client)


def test_signing_in_begins_a_session_of_its_own(sara):
    stranger = Client()
    ask_for_code(stranger, sara.mobile)
    planted = stranger.cookies["session"].value
    enter(stranger, sara.mobile)

    assert stranger.cookies["session"].value != planted
    assert not Session.objects.filter(pk=planted).exists()


def test_the_device_is_remembered_in_words(client, sara):
    enter(client, sara.mobile)
    assert Session.objects.get(person=sara).device == "دستگاه ناشناخته"

    phone = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 13) Chrome/130.0"})
    enter(phone, sara.mobile)
    assert Session.objects.filter(device="کروم، اندروید").exists()


@pytest.mark.parametrize("mobile", ["09120000001", NEW])
def test_a_wrong_password_says_neither_what_was_wrong(client, sara, mobile):
    response = enter(client, mobile, "Kaj-Derakht-52")

    assert response.status_code == 422
    assert "شمارهٔ موبایل یا رمز درست نیست" in response.content.decode()
    assert not is_signed_in(client)


def test_a_known_and_an_unknown_number_get_the_same_page(sara, django_assert_num_queries):
    bodies = []
    for mobile in ("09120000001", "09129999999"):
        with django_assert_num_queries(3):
            response = enter(Client(), mobile, "Kaj-Derakht-52")
        bodies.append((response.status_code, body_of(response).replace(mobile, "")))

    assert bodies[0] == bodies[1]


def test_the_mobile_is_still_there_after_a_mistake_and_the_password_is_not(client, sara):
    page = enter(client, "۰۹۱۲ ۰۰۰ ۰۰۰۱", "Kaj-Derakht-52").content.decode()

    assert 'value="۰۹۱۲ ۰۰۰ ۰۰۰۱"' in page
    assert "Kaj-Derakht-52" not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"mobile": ""}, "شمارهٔ موبایل را بنویسید."),
        ({"mobile": "12"}, "این شمارهٔ موبایل ایران نیست."),
        ({"password": ""}, "رمز عبور را بنویسید، یا «کد پیامکی بفرستید» را بزنید."),
    ],
)
def test_each_mistake_is_said_in_words(client, sara, typed, sentence):
    response = client.post(
        address_of("sign_in"), {"mobile": sara.mobile, "password": PASSWORD} | typed
    )

    assert response.status_code == 422
    assert sentence in response.content.decode()


@pytest.mark.parametrize("mobile", ["+989120000001", NEW])
def test_after_five_wrong_passwords_the_page_asks_for_the_security_code(client, sara, mobile):
    count_wrong_passwords(mobile, 3)
    assert "کد امنیتی" not in enter(client, mobile, "Kaj-Derakht-52").content.decode()
    assert "کد امنیتی" in enter(client, mobile, "Kaj-Derakht-52").content.decode()


def test_with_the_security_code_the_right_password_still_opens(client, sara):
    count_wrong_passwords(sara.mobile, 5)
    without = enter(client, sara.mobile)
    wrong = enter(client, sara.mobile, captcha_0="x", captcha_1="99999")
    assert without.status_code == 429
    assert "کد امنیتی درست نبود" in wrong.content.decode()
    assert not is_signed_in(client)

    enter(client, sara.mobile, captcha_0="x", captcha_1=ANSWER)
    assert is_signed_in(client)


def test_after_twenty_the_page_says_until_when_and_the_code_stays_open(client, sara):
    count_wrong_passwords(sara.mobile, 20)
    response = enter(client, sara.mobile, captcha_0="x", captcha_1=ANSWER)

    assert response.status_code == 429
    assert "از ساعت ۰۸:۳۰ دوباره امتحان کنید" in response.content.decode()
    assert ask_for_code(client, sara.mobile).status_code == 302


def test_a_code_is_asked_for_without_a_password(client, sara):
    response = ask_for_code(client, "09120000001", next=BACK)

    assert response["Location"] == address_of("sign_in_code", "%2Foffices%2F1021%2F")
    assert OutgoingSms.objects.get().kind == Kind.CODE


def test_a_code_for_an_unknown_number_is_answered_in_the_same_way(sara, django_assert_num_queries):
    for mobile in (sara.mobile, NEW):
        with django_assert_num_queries(13):
            response = ask_for_code(Client(), mobile)
        assert response["Location"] == address_of("sign_in_code")

    kinds = dict(OutgoingSms.objects.values_list("to", "kind"))
    assert kinds == {sara.mobile: Kind.CODE, NEW: Kind.NO_ACCOUNT}


@pytest.mark.parametrize("mobile", ["+989120000001", NEW])
def test_the_third_code_of_an_hour_needs_the_security_code(client, sara, clock, mobile):
    for _ in range(2):
        ask_for_code(client, mobile)
        clock.shift(timedelta(minutes=1))
    refused = ask_for_code(client, mobile)
    assert refused.status_code == 429
    assert "کد امنیتی را هم بنویسید" in refused.content.decode()

    allowed = ask_for_code(client, mobile, captcha_0="x", captcha_1=ANSWER)
    assert allowed.status_code == 302


def test_another_security_code_keeps_what_was_typed(client):
    response = enter(client, "0912", captcha_0="x", captcha_kind="words")
    page = response.content.decode()

    assert response.status_code == 200
    assert 'value="0912"' in page
    assert "به‌علاوهٔ" in page


def test_signing_in_leads_back_to_where_one_was(client, sara):
    assert enter(client, sara.mobile, next=BACK)["Location"] == BACK


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\t/evil.example"])
def test_signing_in_leads_to_no_other_site(client, sara, back):
    assert enter(client, sara.mobile, next=back)["Location"] == address_of("my_appointments")


def test_the_page_names_the_hour_that_was_chosen(client, slot):
    back = f"%2Foffices%2F1021%2Fbook%2F%3Fslot%3D{slot.pk}"
    page = client.get(address_of("sign_in", back)).content.decode()

    assert "ساعت ۱۰:۰۰ یکشنبه ۱۳ اردیبهشت در دفتر" in page
    assert "پس از ورود، به همان برمی‌گردید" in page


def test_who_is_signed_in_already_goes_on(client, sara):
    client.force_login(sara)

    assert client.get(address_of("sign_in", BACK))["Location"] == BACK


def test_another_person_on_the_same_device_gets_an_own_session(client, sara, reza):
    client.force_login(sara)
    client.post(address_of("sign_out"))
    enter(client, reza.mobile)

    assert not Session.objects.filter(person=sara).exists()
    assert Session.objects.filter(person=reza).exists()


def test_a_post_from_another_site_signs_nobody_in(sara):
    strict = Client(enforce_csrf_checks=True)

    assert enter(strict, sara.mobile).status_code == 403
