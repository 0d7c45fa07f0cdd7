from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from nobat.people.security_code import picture_challenge, question_challenge
from nobat.web.citizen.captcha_picture import draw

pytestmark = pytest.mark.django_db


def picture(client, key):
    return client.get(reverse("citizen:captcha_picture", args=[key]))


def test_a_challenge_is_drawn_twice_as_large_as_it_is_shown(client):
    response = picture(client, picture_challenge().key)

    assert response["Content-Type"] == "image/png"
    assert Image.open(BytesIO(response.content)).size == (352, 120)


def test_the_picture_of_a_challenge_is_always_the_same(client):
    key = picture_challenge().key

    assert picture(client, key).content == picture(client, key).content


def test_the_same_digits_are_drawn_differently_each_time():
    assert draw("۱۲۳۴۵", "one") != draw("۱۲۳۴۵", "other")


def test_all_of_every_digit_lies_within_the_picture():
    for digit in "۱۲۳۴۵۶۷۸۹":
        drawn = Image.open(BytesIO(draw(digit * 5, "seed"))).convert("L")
        dark = drawn.point(lambda shade: 255 if shade < 110 else 0).getbbox()
        assert dark[2] - dark[0] > 200


def test_what_is_over_or_never_was_is_gone(client, clock):
    key = picture_challenge().key
    clock.shift(timedelta(minutes=10))

    assert picture(client, key).status_code == 410
    assert picture(client, "nothing").status_code == 410


def test_a_question_in_words_is_not_drawn(client):
    assert picture(client, question_challenge().key).status_code == 410
