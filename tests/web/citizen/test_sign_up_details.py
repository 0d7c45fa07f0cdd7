from datetime import timedelta

import pytest
from django.test import Client

from nobat.people.models import IdentityKind, Person
from nobat.people.passwords import is_right_password
from nobat.sms.models import DemoPhoneSms, Kind, OutgoingSms
from tests.build import PASSWORD, national_code_for
from tests.sms.sending import send_due_sms
from tests.web.citizen.journey import (
    ANSWER,
    MOBILE,
    NATIONAL_CODE,
    address_of,
    body_of,
    details,
    first_page,
    is_signed_in,
    second_page,
)

pytestmark = pytest.mark.django_db
WELCOME = "تبریک حساب کاربری شما ایجاد شد"


@pytest.fixture(autouse=True)
def fixed_answer(settings):
    settings.CAPTCHA_ANSWER = ANSWER


@pytest.fixture
def came(client, sms_code):
    """Somebody who has done the first page."""
    first_page(client)
    return client


def kept_password_in(response) -> str:
    page = response.content.decode()
    return page.split('name="kept_password" value="')[1].split('"')[0]


def test_who_did_not_come_by_the_first_page_goes_there(client):
    response = client.get(address_of("sign_up_details", "/offices/1021/"))

    assert response["Location"] == address_of("sign_up", "%2Foffices%2F1021%2F")


def test_the_page_asks_who_somebody_is_and_for_the_code(came):
    page = came.get(address_of("sign_up_details")).content.decode()

    words = ("نام خانوادگی", "کد ملی", "رمز عبور", "کد تایید", "تایید و تکمیل ثبت نام")
    for word in (*words, "کد تازه بفرستید"):
        assert word in page
    assert "۰۹۱۷•••۶۷۸۹" in page


def test_when_all_is_right_there_is_an_account_and_somebody_signed_in(came, sms_code):
    response = came.post(address_of("sign_up_details"), details(sms_code=sms_code), follow=True)

    assert WELCOME in response.content.decode()
    assert is_signed_in(came)
    person = Person.objects.get()
    assert (person.mobile, person.full_name) == (MOBILE, "نرگس احمدی‌پور")
    assert is_right_password(person, PASSWORD)
    assert OutgoingSms.objects.filter(kind=Kind.ACCOUNT_MADE, to=MOBILE).count() == 1


def test_a_fresh_account_has_a_fresh_session(came, sms_code):
    before = came.cookies["session"].value
    second_page(came, sms_code=sms_code)

    assert came.cookies["session"].value != before


@pytest.mark.parametrize("typed", ["۰۱۲۳۴۵", "٠١٢٣٤٥", "012 345", " 012-345\u200f"])
def test_the_code_may_be_typed_in_any_digits(came, typed):
    second_page(came, sms_code=typed)

    assert is_signed_in(came)


@pytest.mark.parametrize(
    ("mistake", "sentence"),
    [
        ({"first_name": ""}, "نام را بنویسید."),
        ({"last_name": "123"}, "نام را با حروف بنویسید."),
        ({"national_code": ""}, "کد ملی را بنویسید."),
        ({"national_code": "0012345678"}, "رقم آخر با بقیه نمی‌خواند."),
        ({"national_code": "1111111111"}, "ده رقم یکسان"),
        ({"national_code": "12345"}, "باید ۱۰ رقم باشد"),
        ({"password": ""}, "رمز عبور را بنویسید."),
        ({"password": "1234567"}, "دست‌کم ۸ حرف"),
        ({"password": "12345678"}, "بسیار رایج"),
        ({"password": NATIONAL_CODE}, "نخستین حدس"),
        ({"password": "09173456789"}, "نخستین حدس"),
        ({"sms_code": ""}, "کدی را که پیامک شد بنویسید."),
        ({"sms_code": "48213"}, "۶ رقم"),
        ({"sms_code": "999999"}, "این کد درست نیست."),
    ],
)
def test_each_mistake_is_said_in_words_and_makes_no_account(came, sms_code, mistake, sentence):
    response = second_page(came, **{"sms_code": sms_code} | mistake)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Person.objects.exists()


def test_what_was_typed_is_still_there_after_a_mistake(came):
    page = second_page(came, sms_code="48213").content.decode()

    for typed in ("نرگس", "احمدی‌پور", NATIONAL_CODE, "48213"):
        assert f'value="{typed}"' in page
    assert PASSWORD not in page


def test_a_wrong_code_does_not_cost_the_password(came, sms_code):
    response = second_page(came, sms_code="999999")
    page = response.content.decode()
    assert "رمزی که نوشتید نگه داشته شد" in page

    kept = kept_password_in(response)
    second_page(came, password="", kept_password=kept, sms_code=sms_code)
    assert is_right_password(Person.objects.get(), PASSWORD)


def test_a_fresh_code_keeps_what_was_typed(came, clock):
    clock.shift(timedelta(minutes=1))
    response = second_page(came, sms_code="48213", again="1")
    page = response.content.decode()

    assert response.status_code == 200
    assert "کد تازه فرستاده شد" in page
    assert 'value="احمدی‌پور"' in page
    assert 'value="48213"' not in page  # it was of the code before
    assert kept_password_in(response)
    assert OutgoingSms.objects.filter(kind=Kind.CODE).count() == 2


def test_a_fresh_code_asked_for_too_early_is_refused_with_the_seconds_left(came, clock):
    clock.shift(timedelta(seconds=25))
    page = second_page(came, again="1").content.decode()

    assert "۳۵ ثانیهٔ دیگر" in page
    assert OutgoingSms.objects.count() == 1


def test_a_code_whose_time_is_over_is_refused(came, sms_code, clock):
    clock.shift(timedelta(minutes=2))

    assert "زمان این کد گذشته است" in second_page(came, sms_code=sms_code).content.decode()


def test_after_five_wrong_codes_a_fresh_one_is_needed(came, sms_code):
    for _ in range(5):
        response = second_page(came, sms_code="999999")
    assert "پنج بار" in response.content.decode()

    assert "پنج بار" in second_page(came, sms_code=sms_code).content.decode()


def test_a_mistake_in_the_form_costs_no_try(came, sms_code):
    for _ in range(6):
        second_page(came, national_code="12345", sms_code="999999")

    second_page(came, sms_code=sms_code)
    assert is_signed_in(came)


def test_an_identity_in_use_is_said_only_after_the_right_code(came, sara, sms_code):
    hers = national_code_for(sara.mobile)
    wrong = second_page(came, national_code=hers, sms_code="999999")
    right = second_page(came, national_code=hers, sms_code=sms_code)

    assert "پیش‌تر حسابی" not in wrong.content.decode()
    assert "پیش‌تر حسابی با موبایل دیگری ساخته شده است" in right.content.decode()
    assert right.status_code == 409


def test_a_mobile_once_proven_needs_no_second_code_for_a_mended_mistake(came, sara, sms_code):
    hers = national_code_for(sara.mobile)
    response = second_page(came, national_code=hers, sms_code=sms_code)
    assert "sms_code" not in response.content.decode()

    kept = kept_password_in(response)
    second_page(came, password="", kept_password=kept)
    assert is_signed_in(came)


def test_a_proof_is_good_for_a_quarter_of_an_hour(came, sara, sms_code, clock):
    second_page(came, national_code=national_code_for(sara.mobile), sms_code=sms_code)
    clock.shift(timedelta(minutes=15))

    assert second_page(came).status_code == 422
    assert not is_signed_in(came)


def test_a_number_with_an_account_gets_the_same_answers(sara, sms_code):
    bodies = []
    for mobile in (sara.mobile, MOBILE):
        client = Client()
        first_page(client, mobile)
        tries = [second_page(client, sms_code="999999") for _ in range(6)]
        bodies.append([(each.status_code, body_of(each)) for each in tries])

    assert bodies[0] == bodies[1]


def test_the_digits_that_a_stranger_would_get_do_not_open_a_known_number(client, sara, sms_code):
    first_page(client, sara.mobile)

    assert "این کد درست نیست" in second_page(client, sms_code=sms_code).content.decode()
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "number"),
    [(IdentityKind.FOREIGN_UNIQUE, "۱۲۳۴۵۶۷۸۹۰۱۲"), (IdentityKind.FOREIGN_DOCUMENT, "p-1234567")],
)
def test_a_foreigner_gives_a_unique_code_or_a_document(client, sms_code, kind, number):
    first_page(client, nationality="AF")
    page = client.get(address_of("sign_up_details")).content.decode()
    assert "national_code" not in page

    second_page(client, identity_kind=kind, identity_number=number, sms_code=sms_code)
    person = Person.objects.get()
    assert (person.nationality, person.identity_kind) == ("AF", kind)


def test_a_number_of_the_other_kind_is_said_to_be_one(client, sms_code):
    first_page(client, nationality="AF")

    answer = second_page(
        client, identity_kind="foreign_unique", identity_number="P1234567", sms_code=sms_code
    )

    assert "این مانند شمارهٔ گذرنامه یا کارت اقامت است" in body_of(answer)
    assert not Person.objects.exists()


def test_a_foreigner_cannot_claim_a_national_code(client, sms_code):
    first_page(client, nationality="AF")
    response = second_page(
        client, identity_kind="national", identity_number=NATIONAL_CODE, sms_code=sms_code
    )

    assert response.status_code == 422
    assert not Person.objects.exists()


def test_signing_up_leads_back_to_the_hour_that_was_being_chosen(came, sms_code):
    back = "/offices/1021/book/?slot=7&service=petition"
    response = second_page(came, sms_code=sms_code, next=back)

    assert response["Location"] == back


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_up_leads_to_no_other_site(came, sms_code, back):
    assert second_page(came, sms_code=sms_code, next=back)["Location"] == address_of("home")


def test_the_phone_gets_the_code_and_then_username_and_password(came, sms_code):
    send_due_sms()
    second_page(came, sms_code=sms_code)
    send_due_sms()

    code, credentials = DemoPhoneSms.objects.filter(to=MOBILE).order_by("pk")
    assert sms_code in code.text
    assert "09173456789" in credentials.text
    assert PASSWORD in credentials.text


def test_no_log_holds_what_is_nobodys_business(client, sms_code, caplog):
    caplog.set_level("DEBUG", logger="nobat")
    caplog.set_level("DEBUG", logger="django.request")
    first_page(client)
    second_page(client, sms_code="999999")
    second_page(client, sms_code=sms_code)
    send_due_sms()

    for secret in (PASSWORD, sms_code, NATIONAL_CODE, "9173456789", "احمدی‌پور"):
        assert secret not in caplog.text


def test_the_setting_leaves_the_password_out_of_the_sms(came, sms_code, settings):
    settings.CREDENTIALS_SMS = "username"
    second_page(came, sms_code=sms_code)

    assert OutgoingSms.objects.get(kind=Kind.ACCOUNT_MADE).secret is None


def test_posted_fields_of_another_persons_choosing_change_nothing(came, sms_code):
    second_page(came, sms_code=sms_code, mobile="+989129999999", nationality="AF", id="7")

    person = Person.objects.get()
    assert (person.mobile, person.nationality) == (MOBILE, "IR")
