"""The page that stands in for the authenticator apps of the demo's staff."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from nobat.people.second_factor import begin_set_up, code_at, secret_in
from tests.build import SECOND_FACTOR, confirm_second_factor

PLAIN_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PAGE = "/demo/authenticator/"


@pytest.fixture(autouse=True)
def _no_files_of_the_front_end_needed(settings, db):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN_FILES}
    cache.clear()


@pytest.mark.parametrize("typed", ["", "09120000003", "۰۹۱۲ ۰۰۰ ۰۰۰۳"])
def test_it_shows_the_code_of_this_moment_and_comes_again_with_the_next(
    client, maryam, clock, typed
):
    confirm_second_factor(maryam)
    clock.shift(timedelta(seconds=10))
    answer = client.get(PAGE, {"mobile": typed})

    assert code_at(SECOND_FACTOR, timezone.now()) in answer.content.decode()
    assert answer["Refresh"] == "20"
    assert "no-store" in answer["Cache-Control"]


def test_it_shows_codes_of_a_set_up_that_has_begun(client, maryam):
    secret = secret_in(begin_set_up(person=maryam))
    text = client.get(PAGE).content.decode()

    assert code_at(secret, timezone.now()) in text
    assert "در حال راه‌اندازی" in text
    assert secret not in text


def test_it_shows_one_persons_code_when_asked_for_it(client, maryam, bahram):
    confirm_second_factor(maryam)
    confirm_second_factor(bahram)
    text = client.get(PAGE, {"mobile": bahram.mobile}).content.decode()

    assert bahram.full_name in text
    assert maryam.full_name not in text


def test_it_says_so_when_there_is_none(client, sara):
    assert "این شماره رمزساز ندارد" in client.get(PAGE, {"mobile": sara.mobile}).content.decode()


def test_what_is_no_mobile_number_is_refused_in_words(client):
    answer = client.get(PAGE, {"mobile": "071 3200"})

    assert answer.status_code == 400
    assert "این شمارهٔ موبایل ایران نیست" in answer.content.decode()


def test_outside_of_the_demo_there_is_no_such_page(client, settings):
    settings.DEMO = False

    assert client.get(PAGE).status_code == 404
