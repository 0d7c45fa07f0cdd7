"""Somebody who wants to spend our SMS, ring somebody's phone, or guess a code: over HTTP."""

from datetime import timedelta

import pytest
from django.test import Client

from nobat.people.models import SmsCode
from nobat.sms.models import OutgoingSms
from tests.at_once import at_once
from tests.sms.gateway import KeepsAll
from tests.sms.sending import send_due_sms
from tests.web.citizen.journey import ANSWER, address_of

pytestmark = pytest.mark.django_db
A_THOUSAND = 1000
MINUTE = timedelta(minutes=1)
SERVER = Client().handler
SHARED = "198.51.100.7"  # of a mobile operator


@pytest.fixture(autouse=True)
def behind_one_proxy(settings):
    settings.TRUSTED_PROXIES = 1
    settings.CAPTCHA_ANSWER = ANSWER
    settings.MOBILE_OPERATOR_NETWORKS = ["198.51.100.0/24"]


def new_browser():
    """One that has no cookies yet; all of them in front of one server."""
    browser = Client()
    browser.handler = SERVER
    return browser


def number(n):
    return f"0912{n:07}"


def ask(mobile, *, address="203.0.113.9", client=None, **more):
    """Ask for a code to sign in with; a browser without cookies unless one is given."""
    client = client or new_browser()
    typed = {"mobile": mobile, "way": "code"} | more
    return client.post(address_of("sign_in"), typed, headers={"x-forwarded-for": address})


def ask_as_human(mobile, **more):
    return ask(mobile, captcha_0="x", captcha_1=ANSWER, **more)


def queued(**which):
    return OutgoingSms.objects.filter(**which).count()


def test_a_robot_with_a_thousand_numbers_gets_thirty_sms_a_minute_from_one_address():
    answers = [ask(number(n)).status_code for n in range(A_THOUSAND)]

    assert (answers.count(302), answers.count(429)) == (30, 970)
    assert queued() == 30


def test_a_patient_robot_gets_a_hundred_and_twenty_an_hour(clock):
    clock.shift(MINUTE * 30)  # the hour of UTC begins
    for n in range(200):
        ask(number(n))
        clock.shift(timedelta(seconds=2))

    assert queued() == 120


def test_who_answers_every_security_code_gets_sixty_a_minute_from_one_address():
    answers = [ask_as_human(number(n)).status_code for n in range(200)]

    assert (answers.count(302), answers.count(429)) == (60, 140)
    assert queued() == 60


def test_one_number_from_a_thousand_addresses_gets_five_sms_an_hour(clock):
    for n in range(A_THOUSAND):
        ask_as_human(number(1), address=f"203.0.{n // 250}.{n % 250}")
        clock.shift(timedelta(seconds=1.79))  # to the end of the hour of UTC

    assert queued() == 5


def test_one_number_from_many_addresses_gets_ten_sms_a_day(clock):
    clock.shift(timedelta(hours=-4, minutes=-30))  # the day of UTC begins
    for n in range(240):
        ask_as_human(number(1), address=f"203.0.113.{n}")
        clock.shift(MINUTE * 6)

    assert queued() == 10


def test_without_security_codes_one_number_gets_two_an_hour(clock):
    for n in range(30):
        ask(number(1), address=f"203.0.113.{n}")
        clock.shift(MINUTE)

    assert queued() == 2


def test_a_thousand_citizens_behind_an_operators_address_get_their_codes(clock):
    met_the_security_code = 0
    for n in range(A_THOUSAND):
        citizen = new_browser()
        answer = ask(number(n), address=SHARED, client=citizen)
        if answer.status_code == 429:
            assert "کد امنیتی را هم بنویسید" in answer.content.decode()
            met_the_security_code += 1
            answer = ask_as_human(number(n), address=SHARED, client=citizen)
        assert answer.status_code == 302
        clock.shift(timedelta(seconds=0.6))  # ten minutes for all of them

    assert queued() == A_THOUSAND
    assert met_the_security_code == 700  # thirty a minute do not


def test_even_in_one_minute_an_operators_address_carries_six_hundred():
    answers = [ask_as_human(number(n), address=SHARED).status_code for n in range(610)]

    assert (answers.count(302), answers.count(429)) == (600, 10)


def test_a_robot_within_an_operators_range_is_ended_by_the_budget(settings, clock):
    settings.SMS_GATEWAY = "tests.sms.gateway.KeepsAll"
    settings.SMS_PARTS_PER_DAY = 100
    KeepsAll.begins_anew()
    for n in range(A_THOUSAND):
        ask(number(n), address=SHARED)
        if n % 20 == 19:
            send_due_sms()
            clock.shift(MINUTE)

    assert queued() == 60  # of two parts each: what one minute is late


def test_when_the_budget_is_spent_a_citizen_still_gets_a_code_with_the_security_code(settings):
    settings.SMS_GATEWAY = "tests.sms.gateway.KeepsAll"
    settings.SMS_PARTS_PER_DAY = 1
    KeepsAll.begins_anew()
    ask(number(1))
    send_due_sms()

    citizen = new_browser()
    assert ask(number(2), client=citizen).status_code == 429
    assert ask_as_human(number(2), client=citizen).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_hundred_wrong_codes_at_once_have_five_chances(sms_code):
    browser = new_browser()
    ask(number(1), client=browser)

    def guess():
        own = new_browser()
        own.cookies = browser.cookies
        page = own.post(address_of("sign_in_code"), {"sms_code": "999999"})
        return page.status_code

    answers = [answer for _ in range(5) for answer in at_once([guess] * 20)]

    assert (answers.count(422), answers.count(429)) == (25, 75)
    assert SmsCode.objects.get().tries == 5


def test_what_a_client_says_of_its_own_address_is_not_believed():
    for n in range(40):
        ask(number(n), address=f"192.0.2.{n}, 10.9.8.{n}, 203.0.113.9")

    assert queued() == 30


def test_one_subscriber_of_ipv6_is_one_address():
    for n in range(40):
        ask(number(n), address=f"2001:db8:1:2:{n:x}::{n:x}")

    assert queued() == 30


def test_a_browser_that_keeps_its_cookie_is_asked_after_three_codes():
    browser = new_browser()
    answers = [ask(number(n), client=browser).status_code for n in range(4)]

    assert answers == [302, 302, 302, 429]


def test_a_browser_that_keeps_its_cookie_gets_ten_codes_a_day():
    browser = new_browser()
    answers = [ask_as_human(number(n), client=browser) for n in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    page = answers[-1].content.decode()
    assert "از این دستگاه امروز" in page
    assert f'value="{number(10)}"' in page  # nothing typed is lost


def test_every_way_to_a_code_counts_for_the_device():
    browser = new_browser()
    human = {"captcha_0": "x", "captcha_1": ANSWER}
    for n in range(5):
        browser.post(address_of("sign_up"), {"mobile": number(n), "nationality": "IR"} | human)
        browser.post(address_of("reset_password"), {"mobile": number(n)} | human)

    assert queued() == 10
    assert ask_as_human(number(9), client=browser).status_code == 429


@pytest.mark.parametrize("page", ["sign_up_details", "reset_password_code", "sign_in_code"])
def test_a_fresh_code_counts_for_the_device_too(page, clock):
    browser = new_browser()
    first = page.removesuffix("_code").removesuffix("_details")
    typed = {"nationality": "IR", "captcha_0": "x", "captcha_1": ANSWER, "way": "code"}
    browser.post(address_of(first), typed | {"mobile": number(1)})
    clock.shift(MINUTE)
    browser.post(address_of(page), {"again": "1"})
    assert queued() == 2
    for n in range(2, 10):
        ask_as_human(number(n), client=browser)

    clock.shift(MINUTE)
    answer = browser.post(address_of(page), {"again": "1"})
    assert queued() == 10
    assert "از این دستگاه امروز" in answer.content.decode()


def test_who_throws_the_cookie_away_meets_the_limits_of_the_address():
    for n in range(40):
        browser = new_browser()
        browser.cookies["device"] = f"invented-{n}:1:2"
        ask(number(n), client=browser)

    assert queued() == 30


def test_an_address_that_asks_too_often_uses_up_nobodys_codes():
    for n in range(60):
        ask_as_human(number(n))
    for _ in range(20):
        assert ask_as_human(number(77)).status_code == 429

    assert ask(number(77), address="192.0.2.1").status_code == 302


def test_all_spellings_of_a_number_are_one_number(clock):
    spellings = [
        "09121234567", "+989121234567", "00989121234567", "989121234567", "9121234567",
        "۰۹۱۲۱۲۳۴۵۶۷", "٠٩١٢١٢٣٤٥٦٧", "０９１２１２３４５６７", "0912 123-4567",
        "\u200e+98 (912) 123.4567",
        "0912\u200c1234567\u202c", "09\x0012\x001234567",
    ]  # fmt: skip
    for spelling in spellings:
        ask_as_human(spelling)
        clock.shift(MINUTE)

    assert queued(to="+989121234567") == queued() == 5


@pytest.mark.parametrize(
    "mobile",
    [
        "+905321234567", "00905321234567", "+14155552671", "+93701234567", "02188776655",
        "+982188776655", "0912123456", "091212345678", "0912123456x", "०९१२१२३४५६७", "۹" * 40,
        "0" * 100_000, "+98912123456\x007\x00", "09121234567,09121234568", "09121234567\n+1415555",
    ],
)  # fmt: skip
@pytest.mark.parametrize("page", ["sign_up", "sign_in", "reset_password"])
def test_no_form_sends_to_anything_but_an_iranian_mobile(page, mobile):
    typed = {"mobile": mobile, "nationality": "IR", "captcha_0": "x", "captcha_1": ANSWER}
    answer = new_browser().post(address_of(page), typed | {"way": "code"})

    assert answer.status_code == 422
    assert queued() == 0


def test_a_number_that_is_not_iranian_is_refused_in_words_and_stays_in_its_field():
    page = ask("+905321234567").content.decode()

    assert "این شمارهٔ موبایل ایران نیست" in page
    assert 'value="+905321234567"' in page


def test_of_two_numbers_in_one_form_one_is_asked_and_counted():
    body = "mobile=09120000001&mobile=09120000002&way=code"
    kind = "application/x-www-form-urlencoded"
    for _ in range(3):
        new_browser().post(address_of("sign_in"), body, content_type=kind)

    assert queued() == queued(to="+989120000002") == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"captcha_0": "x\x00", "captcha_1": ANSWER},
        {"captcha_0": "x" * 100_000, "captcha_1": ANSWER},
        {"captcha_0": "x", "captcha_1": "\x00"},
        {"captcha_0": "x", "captcha_1": ""},
        {"captcha_0": "x", "captcha_1": "1" * 100_000},
        {"captcha_0": "", "captcha_1": "99999"},
        {"captcha_1": ANSWER},
    ],
)
def test_no_strange_answer_counts_for_the_security_code(answer):
    for n in range(31):
        ask(number(n))

    refused = ask(number(99), **answer)

    assert refused.status_code in (422, 429)
    assert queued() == 30


@pytest.mark.parametrize(
    "digits",
    ["\x00" * 6, "12345\x00", "9" * 100_000, "+12345", "-12345", "1e5555", "①②③④⑤⑥⑦", "०१२३४५"],
)
def test_no_strange_code_is_tried(digits, sms_code):
    browser = new_browser()
    ask(number(1), client=browser)

    answer = browser.post(address_of("sign_in_code"), {"sms_code": digits})

    assert answer.status_code == 422
    assert SmsCode.objects.get().tries == 0
