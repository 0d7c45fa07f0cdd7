"""A hundred guesses, or many requests for a code, in the same moment."""

import pytest

from nobat.people.codes import send_code, use_code
from nobat.people.models import Purpose, SmsCode
from nobat.sms.models import OutgoingSms
from tests.at_once import at_once

NEW = "+989129999999"
pytestmark = pytest.mark.django_db(transaction=True)


def guess(purpose):
    return lambda: use_code(mobile=NEW, purpose=purpose, digits="999999")


def send(purpose=Purpose.SIGN_UP):
    send_code(mobile=NEW, purpose=purpose, address="192.0.2.1")


@pytest.mark.parametrize("purpose", Purpose)
def test_a_hundred_wrong_guesses_at_once_have_five_chances(purpose, sms_code):
    send(purpose)

    answers = [answer for _ in range(5) for answer in at_once([guess(purpose)] * 20)]

    assert answers.count("WrongCode") == 4
    assert answers.count("CodeUsedUp") == 21
    assert answers.count("TooOften") == 75  # a mobile has twenty-five tries a day
    assert SmsCode.objects.get().tries == 5


def test_a_right_code_is_used_once_however_often_at_once(sms_code):
    send()

    def use():
        use_code(mobile=NEW, purpose=Purpose.SIGN_UP, digits=sms_code)

    assert at_once([use] * 20).count(None) == 1


def test_requests_of_the_same_moment_send_one_code():
    answers = at_once([send] * 10)

    assert answers.count(None) == 1
    assert OutgoingSms.objects.count() == 1
