import re
from datetime import timedelta

import pytest
from captcha.models import CaptchaStore
from django.test import Client

from nobat.people.models import Purpose, SmsCode
from nobat.sms.models import Kind, OutgoingSms
from tests.web.citizen.journey import ANSWER, MOBILE, address_of, body_of, first_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fixed_answer(settings):
    settings.CAPTCHA_ANSWER = ANSWER


def captcha_in(response) -> str:
    return re.search(r'name="captcha_0" value="(\w+)"', response.content.decode())[1]


def test_the_page_asks_for_mobile_nationality_and_security_code(client):
    page = client.get(address_of("sign_up")).content.decode()

    for words in ("شمارهٔ موبایل", "ملیت", "ایرانی", "کد امنیتی", "کد جدید", "عضویت"):
        assert words in page


def test_a_right_first_page_sends_the_code_and_goes_on(client):
    response = first_page(client)

    assert response.status_code == 302
    assert response["Location"] == address_of("sign_up_details")
    assert OutgoingSms.objects.get().kind == Kind.CODE
    assert SmsCode.objects.get().mobile == MOBILE


def test_the_mobile_stands_in_no_address(client):
    response = first_page(client)

    assert "917" not in response["Location"]


@pytest.mark.parametrize("typed", ["۰۹۱۷ ۳۴۵ ۶۷۸۹", "+98-917-345-6789", "\u202a09173456789\u202c"])
def test_the_mobile_may_be_written_in_any_way(client, typed):
    assert first_page(client, typed).status_code == 302


@pytest.mark.parametrize(
    ("mistake", "sentence"),
    [
        ({"mobile": ""}, "شمارهٔ موبایل را بنویسید."),
        ({"mobile": "07132000112"}, "این شمارهٔ موبایل ایران نیست."),
        ({"nationality": "ZZ"}, "ملیت را از فهرست انتخاب کنید."),
        ({"captcha_1": ""}, "کد امنیتی را بنویسید."),
        ({"captcha_1": "99999"}, "کد امنیتی درست نبود."),
    ],
)
def test_each_mistake_is_said_beside_its_field_and_sends_nothing(client, mistake, sentence):
    response = first_page(client, **mistake)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not OutgoingSms.objects.exists()


def test_what_was_typed_is_still_there_after_a_mistake(client):
    page = first_page(client, "۰۹۱۷ ۳۴۵", nationality="AF").content.decode()

    assert 'value="۰۹۱۷ ۳۴۵"' in page
    assert '<option value="AF" selected>' in page


def test_a_mistake_elsewhere_does_not_cost_the_security_code(client, settings):
    settings.CAPTCHA_ANSWER = ""
    key = captcha_in(client.get(address_of("sign_up")))
    answer = CaptchaStore.objects.get(hashkey=key).response
    response = first_page(client, "0917", captcha_0=key, captcha_1=answer)

    assert captcha_in(response) == key
    assert f'value="{answer}"' in response.content.decode()
    assert first_page(client, captcha_0=key, captcha_1=answer).status_code == 302


def test_a_wrong_answer_gets_another_picture(client, settings):
    settings.CAPTCHA_ANSWER = ""
    key = captcha_in(client.get(address_of("sign_up")))
    response = first_page(client, captcha_0=key, captcha_1="99999")

    assert captcha_in(response) != key
    assert 'value="99999"' not in response.content.decode()


@pytest.mark.parametrize(("kind", "shows"), [("digits", "<img"), ("words", "به‌علاوهٔ")])
def test_without_javascript_another_security_code_keeps_what_was_typed(client, kind, shows):
    response = first_page(client, "۰۹۱۷ ۳۴۵", nationality="AF", captcha_kind=kind)
    page = response.content.decode()

    assert response.status_code == 200
    assert shows in page.split('id="captcha-field"')[1].split("</form>")[0]
    assert 'value="۰۹۱۷ ۳۴۵"' in page
    assert '<option value="AF" selected>' in page
    assert "error-summary" not in page


def test_who_asked_for_a_question_gets_another_question_after_a_wrong_answer(client):
    page = first_page(client, captcha_1="99", captcha_as="words").content.decode()

    assert "به‌علاوهٔ" in page


def test_a_known_and_an_unknown_number_get_the_same_page(sara, django_assert_num_queries):
    with django_assert_num_queries(12) as known:
        to_known = first_page(Client(), sara.mobile)
    with django_assert_num_queries(12) as unknown:
        to_unknown = first_page(Client(), MOBILE)

    assert to_known.status_code == to_unknown.status_code == 302
    assert to_known["Location"] == to_unknown["Location"]
    verbs = [[query["sql"][:9] for query in each] for each in (known, unknown)]
    assert verbs[0] == verbs[1]


def test_a_known_and_an_unknown_number_get_the_same_second_page(sara):
    bodies = []
    for mobile in (sara.mobile, MOBILE):
        client = Client()
        first_page(client, mobile)
        bodies.append(body_of(client.get(address_of("sign_up_details"))))

    assert bodies[0] == bodies[1]
    assert OutgoingSms.objects.filter(kind=Kind.HAS_ACCOUNT, to=sara.mobile).exists()


def test_going_back_a_page_and_on_again_within_a_minute_sends_no_second_code(client):
    first_page(client)
    response = first_page(client)

    assert response.status_code == 302
    assert OutgoingSms.objects.count() == 1


def test_after_five_codes_in_an_hour_the_page_says_from_when_on(client, clock):
    for _ in range(5):
        first_page(client)
        clock.shift(timedelta(minutes=1))
    response = first_page(client)

    assert response.status_code == 429
    assert "از ساعت ۰۸:۳۰ دوباره امتحان کنید" in response.content.decode()
    assert SmsCode.objects.get(purpose=Purpose.SIGN_UP).mobile == MOBILE


def test_the_way_back_is_kept(client):
    page = client.get(address_of("sign_up", "/offices/1021/")).content.decode()
    response = first_page(client, next="/offices/1021/")

    assert '<input type="hidden" name="next" value="/offices/1021/">' in page
    assert response["Location"] == address_of("sign_up_details", "%2Foffices%2F1021%2F")


def test_a_way_back_to_another_site_is_dropped(client):
    page = client.get(address_of("sign_up", "https://evil.example/")).content.decode()

    assert "evil.example" not in page


def test_who_is_signed_in_needs_no_other_account(client, sara):
    client.force_login(sara)

    assert client.get(address_of("sign_up"))["Location"] == address_of("my_appointments")


def test_a_post_from_another_site_is_refused(settings):
    strict = Client(enforce_csrf_checks=True)

    assert first_page(strict).status_code == 403
    assert not OutgoingSms.objects.exists()


def test_the_page_is_kept_by_no_cache(client):
    assert "no-store" in client.get(address_of("sign_up"))["Cache-Control"]
