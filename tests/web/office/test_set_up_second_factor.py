import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nobat.people.models import RecoveryCode, Session
from nobat.people.second_factor import code_at, is_set_up
from nobat.web.office.set_up_second_factor import in_groups
from tests.build import national_code_for
from tests.web.office.entry import ASKED_FOR, address_of, first_step, is_at_work

pytestmark = pytest.mark.django_db
PAGE = "/office/sign-in/set-up/"


@pytest.fixture
def first_time(client, maryam) -> Client:
    first_step(client, maryam.mobile)
    return client


def secret_on(page) -> str:
    return re.search(r'key__text"><bdi dir="ltr">([A-Z2-7 ]+)</bdi>', page.content.decode())[1]


def confirm(client, secret="", **more):
    secret = secret or secret_on(client.get(PAGE))
    return client.post(PAGE, {"code": code_at(secret.replace(" ", ""), timezone.now())} | more)


def test_the_page_shows_the_secret_as_a_picture_and_in_groups(first_time, maryam):
    page = first_time.get(PAGE)

    assert re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", secret_on(page))
    assert "<svg" in page.content.decode()
    assert "style=" not in page.content.decode()
    assert national_code_for(maryam.mobile) not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_reloading_shows_the_same_secret(first_time):
    assert secret_on(first_time.get(PAGE)) == secret_on(first_time.get(PAGE))


def test_the_first_code_opens_and_shows_ten_codes_for_paper_once(first_time, maryam):
    page = confirm(first_time, next=ASKED_FOR)

    codes = re.findall(r'<li><bdi dir="ltr">([۰-۹]{5} [۰-۹]{5})</bdi>', page.content.decode())
    assert len(codes) == RecoveryCode.objects.count() == 10
    assert f"{address_of('choose_office')}?next=%2Foffice%2Fclerks%2F" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert is_at_work(first_time)
    assert Session.objects.get().second_factor_at == timezone.now()
    assert first_time.get(PAGE)["Location"] == address_of("sign_in")


def test_a_wrong_first_code_keeps_the_secret_and_opens_nothing(first_time, maryam):
    secret = secret_on(first_time.get(PAGE))
    page = first_time.post(PAGE, {"code": "000000"})

    assert page.status_code == 422
    assert "این کد با کلید بالا نمی‌خواند" in page.content.decode()
    assert secret_on(page) == secret
    assert not is_set_up(maryam.pk)


def test_a_set_up_begun_elsewhere_ends_this_one(first_time, maryam):
    secret = secret_on(first_time.get(PAGE))
    elsewhere = Client()
    first_step(elsewhere, maryam.mobile)
    elsewhere.get(PAGE)
    response = confirm(first_time, secret)

    assert response["Location"] == address_of("sign_in")
    assert not is_set_up(maryam.pk)


def test_what_is_set_up_meanwhile_is_not_set_up_again(first_time, maryam):
    elsewhere = Client()
    first_step(elsewhere, maryam.mobile)
    confirm(elsewhere)

    assert first_time.get(PAGE)["Location"] == address_of("sign_in")


def test_whoever_did_not_give_the_password_sees_no_secret(client, maryam):
    assert client.get(PAGE)["Location"] == address_of("sign_in")
    first_step(client, maryam.mobile, "Kaj-Derakht-52")
    assert client.get(PAGE)["Location"] == address_of("sign_in")


def test_nor_does_an_account_without_a_role(client, sara):
    first_step(client, sara.mobile)

    assert client.get(PAGE)["Location"] == address_of("sign_in")


def test_ten_minutes_are_for_both_steps(first_time, clock):
    first_time.get(PAGE)
    clock.shift(timedelta(minutes=10))

    assert first_time.get(PAGE)["Location"] == address_of("sign_in")


def test_groups_are_read_in_one_go():
    assert in_groups(["1234567890"], 5) == ["12345 67890"]
    assert in_groups(["ABCDEFGH"], 4) == ["ABCD EFGH"]
