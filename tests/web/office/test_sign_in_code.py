from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nobat.people.models import Session
from tests.build import confirm_second_factor, sign_in_staff
from tests.web.office.entry import (
    ASKED_FOR,
    address_of,
    first_step,
    is_at_work,
    right_code,
    second_step,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(maryam) -> list[str]:
    return confirm_second_factor(maryam)


@pytest.fixture
def halfway(client, maryam, paper) -> Client:
    first_step(client, maryam.mobile)
    return client


@pytest.mark.parametrize("digits", ["0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"])
def test_the_code_of_the_app_opens_the_desk_in_any_digits(halfway, digits):
    typed = "".join(digits[int(digit)] for digit in right_code())
    response = second_step(halfway, f"{typed[:3]} {typed[3:]}")

    assert response["Location"] == address_of("choose_office")
    assert is_at_work_after_choosing(halfway)


def is_at_work_after_choosing(client):
    client.get(address_of("choose_office"))
    return is_at_work(client)


def test_it_begins_a_session_of_its_own_that_knows_the_second_factor(halfway, maryam):
    before = halfway.cookies["session"].value
    second_step(halfway)

    session = Session.objects.get()
    assert session.pk != before
    assert (session.person, session.second_factor_at) == (maryam, timezone.now())
    assert session.expire_date == timezone.now() + timedelta(hours=12)


def test_a_citizens_session_of_weeks_does_not_shorten_it(client, maryam, paper, clock):
    client.force_login(maryam)
    clock.shift(timedelta(days=29))
    first_step(client, maryam.mobile)
    second_step(client)

    assert is_at_work(client)
    assert Session.objects.get().started_at == timezone.now()


def test_a_wrong_code_opens_nothing_and_says_nothing_of_the_password(halfway):
    response = second_step(halfway, "000000")

    assert response.status_code == 422
    assert "شمارهٔ موبایل، رمز یا کد درست نیست" in response.content.decode()
    assert not is_at_work(halfway)


@pytest.mark.parametrize("code", ["12345", "1234567", "12345a", "۱۲۳۴۵"])
def test_what_is_no_code_is_said_in_words_and_not_counted(halfway, code):
    for _ in range(6):
        assert "کد برنامه ۶ رقم است" in second_step(halfway, code).content.decode()
    assert second_step(halfway).status_code == 302


def test_the_same_code_does_not_open_twice(halfway, maryam):
    second_step(halfway)
    again = Client()
    first_step(again, maryam.mobile)

    assert second_step(again).status_code == 422


def test_a_code_on_paper_opens_and_the_page_says_how_many_are_left(halfway, paper):
    typed = f"{paper[0][:5]}-{paper[0][5:]}"
    response = halfway.post(address_of("sign_in_code"), {"recovery_code": typed}, follow=True)

    assert is_at_work(halfway)
    assert "۹ کد بازیابی دیگر دارید" in response.content.decode()


def test_a_wrong_code_on_paper_leaves_its_field_open(halfway):
    page = halfway.post(address_of("sign_in_code"), {"recovery_code": "0000000000"})

    assert page.status_code == 422
    assert '<details class="fold mt-4" open>' in page.content.decode()


def test_too_many_codes_say_until_when(halfway):
    for _ in range(5):
        second_step(halfway, "000000")
    response = second_step(halfway)

    assert response.status_code == 429
    assert "از ساعت ۰۸:۱۵ دوباره امتحان کنید" in response.content.decode()


def test_ten_minutes_after_the_first_step_it_is_to_be_taken_again(halfway, clock):
    clock.shift(timedelta(minutes=10))

    assert second_step(halfway)["Location"] == address_of("sign_in")


def test_without_the_first_step_there_is_no_second(client):
    assert client.get(address_of("sign_in_code"))["Location"] == address_of("sign_in")


def test_the_way_back_goes_on_to_the_offices(halfway):
    response = second_step(halfway, next=ASKED_FOR)

    assert response["Location"] == address_of("choose_office") + "?next=%2Foffice%2Fclerks%2F"


def test_who_is_at_work_already_needs_no_code(client, maryam):
    sign_in_staff(client, maryam)

    assert client.get(address_of("sign_in_code"))["Location"] == address_of("sign_in")
