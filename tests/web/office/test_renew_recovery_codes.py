import re

import pytest
from django.urls import reverse
from django.utils import timezone

from nobat.people.recovery_codes import left_of, use_up
from nobat.people.second_factor import code_at
from nobat.shared.persian import latin_digits
from tests.build import SECOND_FACTOR, confirm_second_factor, sign_in_staff

pytestmark = pytest.mark.django_db
PAGE = reverse("office:renew_recovery_codes")


@pytest.fixture
def old(maryam):
    """The codes on her paper, of which one is used."""
    codes = confirm_second_factor(maryam)
    use_up(person=maryam, digits=codes.pop())
    return codes


@pytest.fixture
def maryam_works(client, maryam):
    return sign_in_staff(client, maryam)


def shown(response) -> list[str]:
    text = latin_digits(response.content.decode())
    return [code.replace(" ", "") for code in re.findall(r"\b\d{5} \d{5}\b", text)]


def test_the_page_says_how_many_are_left_and_what_follows(old, maryam_works):
    text = maryam_works.get(PAGE).content.decode()

    assert "نه کد مانده است" in text
    assert "همان لحظه از کار می‌افتند" in text


def test_ten_fresh_codes_are_shown_once(old, maryam_works, maryam):
    form = {"code": code_at(SECOND_FACTOR, timezone.now())}
    response = maryam_works.post(PAGE, form)

    codes = shown(response)
    assert len(set(codes)) == 10
    assert not use_up(person=maryam, digits=old[0])
    assert use_up(person=maryam, digits=codes[0])
    assert shown(maryam_works.post(PAGE, form)) == []  # the code of the app is used up


@pytest.mark.parametrize("code", ["", "12", "000000"])
def test_without_the_code_of_the_app_the_old_ones_stay(old, maryam_works, maryam, code):
    response = maryam_works.post(PAGE, {"code": code})

    assert (response.status_code, shown(response)) == (422, [])
    assert left_of(maryam) == 9


def test_guessing_ends_soon(old, maryam_works):
    for _ in range(5):
        maryam_works.post(PAGE, {"code": "000000"})
    assert maryam_works.post(PAGE, {"code": "000000"}).status_code == 429


def test_both_menus_lead_there(old, maryam_works, client, dr_karimi):
    assert PAGE in maryam_works.get("/office/").content.decode()
    assert PAGE in sign_in_staff(client, dr_karimi).get("/association/").content.decode()


def test_one_of_the_association_renews_too(client, dr_karimi):
    confirm_second_factor(dr_karimi)
    form = {"code": code_at(SECOND_FACTOR, timezone.now())}
    response = sign_in_staff(client, dr_karimi).post(PAGE, form)

    assert len(shown(response)) == 10
