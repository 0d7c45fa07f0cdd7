from datetime import timedelta

import pytest
from captcha.models import CaptchaStore

from nobat.people.security_code import (
    digits_of_picture,
    is_right_answer,
    picture_challenge,
    question_challenge,
    same_challenge,
)
from nobat.shared.persian import fa_digits
from tests.at_once import at_once

TO_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def answer_of(challenge):
    return CaptchaStore.objects.get(hashkey=challenge.key).response


@pytest.mark.django_db
def test_a_picture_shows_five_persian_digits_without_a_zero():
    for _ in range(20):
        challenge = picture_challenge()
        drawn = CaptchaStore.objects.get(hashkey=challenge.key).challenge
        assert len(drawn) == 5
        assert set(drawn) <= set("۱۲۳۴۵۶۷۸۹")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        str,
        fa_digits,
        lambda text: text.translate(TO_ARABIC),
        lambda text: f" {text[:2]} {text[2:]}",
    ],
)
def test_any_kind_of_digits_answers_a_picture(typed):
    challenge = picture_challenge()

    assert is_right_answer(challenge.key, typed(answer_of(challenge)))


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["00000", "", "پنج", "12345678901", "💥", "a" * 5000])
def test_another_answer_is_wrong(typed):
    assert not is_right_answer(picture_challenge().key, typed)


@pytest.mark.django_db
def test_a_challenge_is_good_for_one_answer_right_or_wrong():
    right, wrong = picture_challenge(), picture_challenge()
    answers = answer_of(right), answer_of(wrong)

    assert is_right_answer(right.key, answers[0])
    assert not is_right_answer(right.key, answers[0])
    assert not is_right_answer(wrong.key, "00000")
    assert not is_right_answer(wrong.key, answers[1])


@pytest.mark.django_db
def test_a_challenge_is_over_after_ten_minutes(clock):
    challenge = picture_challenge()
    answer = answer_of(challenge)
    clock.shift(timedelta(minutes=10))

    assert same_challenge(challenge.key) is None
    assert not is_right_answer(challenge.key, answer)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "no-such-key", "' OR 1=1 --"])
def test_a_challenge_that_never_was_has_no_right_answer(key):
    assert not is_right_answer(key, "12345")


@pytest.mark.django_db
def test_a_question_in_words_is_answered_by_digits_or_words():
    words = dict(enumerate(FOUR_TO_EIGHTEEN.split(), start=4))
    for _ in range(30):
        one, other = question_challenge(), question_challenge()
        assert "به‌علاوهٔ" in one.question
        assert is_right_answer(one.key, fa_digits(answer_of(one)))
        assert is_right_answer(other.key, words[int(answer_of(other))])


FOUR_TO_EIGHTEEN = "چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده"


@pytest.mark.django_db
def test_the_challenge_somebody_is_answering_stays_the_same():
    picture, question = picture_challenge(), question_challenge()

    assert same_challenge(picture.key) == picture
    assert same_challenge(question.key) == question


@pytest.mark.django_db
def test_the_fixed_answer_of_a_demo_is_right_in_any_digits(settings):
    settings.CAPTCHA_ANSWER = "12345"

    assert is_right_answer(picture_challenge().key, "۱۲۳۴۵")
    assert not is_right_answer(picture_challenge().key, "00000")


@pytest.mark.django_db
def test_without_a_fixed_answer_nothing_answers_everything(settings):
    settings.CAPTCHA_ANSWER = ""

    assert not is_right_answer(picture_challenge().key, "")


@pytest.mark.django_db(transaction=True)
def test_one_answer_given_many_times_at_once_counts_once():
    challenge = picture_challenge()
    answer = answer_of(challenge)

    answers = at_once([lambda: is_right_answer(challenge.key, answer)] * 10)

    assert answers.count(True) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "a\0b", "nothing", "\n", "x" * 5000])
def test_a_key_that_nobody_was_given_has_no_challenge(key):
    assert same_challenge(key) is None
    assert digits_of_picture(key) == ""
