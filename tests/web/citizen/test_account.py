import pytest
from django.test import Client
from django.utils import timezone

from nobat.people import throttle
from nobat.people.models import Session
from nobat.people.passwords import is_right_password
from nobat.people.sessions import handle_of
from tests.build import PASSWORD, sign_in_staff
from tests.web.citizen.journey import address_of, is_signed_in

pytestmark = pytest.mark.django_db
FRESH = "Kaj-Derakht-52"


@pytest.fixture
def here(sara):
    client = Client()
    client.force_login(sara)
    return client


@pytest.fixture
def there(sara):
    client = Client()
    client.force_login(sara)
    return client


def key_of(client) -> str:
    return client.cookies["session"].value


def post(client, **typed):
    return client.post(address_of("account"), typed)


def change(client, old=PASSWORD, password=FRESH):
    return post(client, old_password=old, password=password)


def test_a_stranger_is_sent_to_sign_in_and_back(client):
    response = client.get(address_of("account"))

    assert response["Location"] == address_of("sign_in", "%2Fmy%2Faccount%2F")


def test_number_and_mobile_are_masked(here, sara):
    page = here.get(address_of("account")).content.decode()

    assert "سارا محمدی" in page
    assert f"•••••••{''.join('۰۱۲۳۴۵۶۷۸۹'[int(digit)] for digit in sara.identity_tail)}" in page
    assert "۰۹۱۲•••۰۰۰۱" in page


def test_a_session_at_an_offices_desk_is_in_the_list_and_named(here, there, sara):
    assert "ورود به میز دفتر" not in here.get(address_of("account")).content.decode()
    sign_in_staff(there, sara)
    page = here.get(address_of("account")).content.decode()

    assert page.count('name="end"') == 2
    assert page.count("ورود به میز دفتر") == 1


def test_the_page_lists_the_devices_and_marks_this_one(here, there):
    page = here.get(address_of("account")).content.decode()

    assert page.count('name="end"') == 2
    assert page.count("این دستگاه</span>") == 1


def test_no_key_of_another_session_stands_in_the_page(here, there):
    page = here.get(address_of("account")).content.decode()

    assert key_of(there) not in page
    assert key_of(here) not in page


def test_the_page_takes_two_statements(here, there, django_assert_num_queries):
    with django_assert_num_queries(2):
        here.get(address_of("account"))


def test_one_device_is_ended_from_another(here, there):
    post(here, end=handle_of(key_of(there)))

    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_ending_this_device_is_signing_out(here, there):
    response = post(here, end=handle_of(key_of(here)))

    assert response["Location"] == address_of("home")
    assert not is_signed_in(here)
    assert is_signed_in(there)


def test_all_others_are_ended_at_once(here, there):
    post(here, end_others="1")

    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_a_stranger_ends_nobodys_session(here, reza):
    stranger = Client()
    stranger.force_login(reza)
    post(stranger, end=handle_of(key_of(here)))

    assert is_signed_in(here)


def test_the_old_password_sets_a_new_one_and_ends_the_other_devices(here, there, sara):
    before = key_of(here)
    change(here)

    sara.refresh_from_db()
    assert is_right_password(sara, FRESH)
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert key_of(here) != before
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"old": "wrong"}, 422, "رمز کنونی درست نیست"),
        ({"old": ""}, 422, "رمز کنونی را بنویسید."),
        ({"password": ""}, 422, "رمز تازه را بنویسید."),
        ({"password": "12345678"}, 422, "بسیار رایج"),
        ({"password": "09120000001"}, 422, "نخستین حدس"),
    ],
)
def test_each_mistake_is_said_in_words_and_changes_nothing(here, sara, typed, status, sentence):
    response = change(here, **typed)

    assert response.status_code == status
    assert sentence in response.content.decode()
    sara.refresh_from_db()
    assert is_right_password(sara, PASSWORD)


def test_after_many_wrong_old_passwords_the_page_says_until_when(here, sara):
    for _ in range(10):
        throttle.count(throttle.OLD_PASSWORDS_PER_HOUR, str(sara.pk), timezone.now())

    assert change(here).status_code == 429
