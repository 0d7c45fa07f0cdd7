import pytest
from captcha.models import CaptchaStore

from nobat.web.citizen.security_code_form import SecurityCodeForm

pytestmark = pytest.mark.django_db


class Unsure(SecurityCodeForm):
    asks_security_code = False


def answered(answer, key=None, form=SecurityCodeForm):
    key = key or form().challenge.key
    return form({"captcha_0": key, "captcha_1": answer})


def right_answer(key):
    return CaptchaStore.objects.get(hashkey=key).response


def test_the_right_answer_is_valid_once():
    key = SecurityCodeForm().challenge.key
    answer = right_answer(key)

    assert answered(answer, key).is_valid()
    assert not answered(answer, key).is_valid()


@pytest.mark.parametrize("answer", ["", "00000"])
def test_no_answer_and_a_wrong_one_are_said_beside_the_field(answer):
    assert answered(answer).errors.keys() == {"captcha_1"}


def test_where_it_is_not_asked_for_nothing_is_looked_at():
    assert Unsure({}).is_valid()


def test_a_page_that_is_drawn_twice_asks_the_same():
    form = SecurityCodeForm()

    assert form.challenge == form.challenge
    assert CaptchaStore.objects.count() == 1
