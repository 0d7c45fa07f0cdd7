"""The page on which an account is deleted: asks again, says what follows, and does it."""

import pytest
from django.test import Client

from nobat.people.models import Person
from tests.build import PASSWORD, book, miss, sign_in, sign_in_staff
from tests.web.citizen.journey import address_of, is_signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(sara):
    return sign_in(Client(), sara)


def is_erased(person) -> bool:
    return Person.objects.get(pk=person.pk).erased_at is not None


def post(client, **typed):
    return client.post(address_of("erase_account"), typed)


def test_the_page_says_what_goes_what_stays_and_which_turns(here, sara, slot, petition):
    book(sara, slot, petition)
    page = here.get(address_of("erase_account")).content.decode()

    for sentence in ("یک نوبت شما هم حذف می‌شود", "شش ماه", "مادهٔ ۶۶۸", "برگشت ندارد"):
        assert sentence in page
    assert "نشانهٔ کد ملی" not in page


def test_whoever_may_not_book_just_now_reads_until_when_the_identity_is_held(
    here, sara, slot, petition, clock
):
    week = miss(book(sara, slot, petition))
    clock.move_to(week.starts_at)
    sign_in(here, sara)

    assert "نشانهٔ کد ملی" in here.get(address_of("erase_account")).content.decode()


def test_with_the_password_the_account_goes_and_every_device_is_out(here, sara):
    elsewhere = sign_in(Client(), sara)
    response = post(here, password=PASSWORD)

    assert response["Location"] == address_of("home")
    assert is_erased(sara)
    assert not is_signed_in(here)
    assert not is_signed_in(elsewhere)


def test_with_a_code_by_sms_too(here, sara, sms_code):
    page = post(here, send_code="1").content.decode()
    assert 'name="sms_code"' in page
    assert 'name="by" value="code"' in page

    assert post(here, by="code", sms_code=sms_code).status_code == 302
    assert is_erased(sara)


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({}, 422),
        ({"password": "wrong"}, 422),
        ({"by": "code", "sms_code": "999999"}, 422),
        ({"by": "code", "sms_code": ""}, 422),
        ({"by": "code", "password": PASSWORD}, 422),
    ],
)
def test_without_either_nothing_goes(here, sara, sms_code, typed, status):
    assert post(here, **typed).status_code == status
    assert not is_erased(sara)
    assert is_signed_in(here)


def test_a_second_code_within_a_minute_is_refused_in_words(here, sara, sms_code):
    post(here, send_code="1")
    page = post(here, send_code="1", by="code").content.decode()

    assert "همین حالا فرستادیم" in page
    assert 'name="sms_code"' in page


def test_who_works_here_is_told_so(client, maryam):
    response = post(sign_in_staff(client, maryam), password=PASSWORD)

    assert response.status_code == 409
    assert "نقشی دارید" in response.content.decode()
    assert not is_erased(maryam)
