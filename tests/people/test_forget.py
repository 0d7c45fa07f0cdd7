from datetime import timedelta

import pytest

from nobat.people.codes import send_code
from nobat.people.forget import forget_what_is_over
from nobat.people.models import Purpose, Session, SmsCode, Throttle
from nobat.people.security_code import picture_challenge
from nobat.people.sessions import STAFF_SIGNED_IN_FOR
from tests.people.test_sessions import begin_session, begin_staff_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def traces(sara):
    begin_session(sara)
    picture_challenge()
    send_code(mobile=sara.mobile, purpose=Purpose.SIGN_IN, address="192.0.2.1")


def test_what_still_counts_is_not_forgotten(traces):
    assert forget_what_is_over() == 0


def test_pictures_codes_counts_and_sessions_go_when_their_time_is_over(traces, clock):
    clock.shift(timedelta(minutes=10))
    assert forget_what_is_over() == 1  # the picture
    clock.shift(timedelta(days=3))
    forget_what_is_over()
    assert not SmsCode.objects.exists()
    assert not Throttle.objects.exists()
    assert Session.objects.exists()
    clock.shift(timedelta(days=27))
    forget_what_is_over()
    assert not Session.objects.exists()


def test_a_staff_session_goes_with_its_twelve_hours(maryam, clock):
    """And not when it is idle: after a time in which nothing could be written it may not be."""
    begin_staff_session(maryam)
    clock.shift(STAFF_SIGNED_IN_FOR - timedelta(seconds=1))
    assert forget_what_is_over() == 0
    clock.shift(timedelta(seconds=1))
    assert forget_what_is_over() == 1
