import pytest
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.people import throttle
from nobat.people.codes import WrongCode
from nobat.people.models import Session
from nobat.people.passwords import is_right_password
from nobat.people.reset_password import (
    WrongOldPassword,
    change_password,
    reset_password,
    send_reset_code,
)
from nobat.people.throttle import TooOften
from tests.build import PASSWORD
from tests.people.test_sessions import begin_session

FRESH = "Kaj-Derakht-52"
pytestmark = pytest.mark.django_db


def reset(mobile, digits):
    return reset_password(mobile=mobile, digits=digits, password=FRESH)


def test_the_code_of_the_sms_sets_a_new_password(sara, sms_code):
    send_reset_code(mobile=sara.mobile, address="192.0.2.1")
    reset(sara.mobile, sms_code)

    sara.refresh_from_db()
    assert is_right_password(sara, FRESH)
    assert not is_right_password(sara, PASSWORD)
    assert JournalEntry.objects.filter(act=Act.PASSWORD_CHANGED).exists()


def test_a_wrong_code_changes_nothing(sara, sms_code):
    send_reset_code(mobile=sara.mobile, address="192.0.2.1")
    with pytest.raises(WrongCode):
        reset(sara.mobile, "999999")

    sara.refresh_from_db()
    assert is_right_password(sara, PASSWORD)


def test_a_new_password_ends_every_session(sara, reza, sms_code):
    begin_session(sara)
    begin_session(sara)
    others = begin_session(reza)
    send_reset_code(mobile=sara.mobile, address="192.0.2.1")
    reset(sara.mobile, sms_code)

    assert [session.pk for session in Session.objects.all()] == [others.session_key]


def test_nobodys_password_is_reset(sms_code):
    send_reset_code(mobile="+989129999999", address="192.0.2.1")

    with pytest.raises(WrongCode):
        reset("+989129999999", sms_code)


def test_the_old_password_sets_a_new_one_and_keeps_this_session(sara):
    here, there = begin_session(sara), begin_session(sara)
    change_password(person=sara, old=PASSWORD, password=FRESH, this_session=here.session_key)

    assert Session.objects.filter(pk=here.session_key).exists()
    assert not Session.objects.filter(pk=there.session_key).exists()
    assert is_right_password(sara, FRESH)


def test_a_wrong_old_password_is_refused_and_after_ten_for_a_while(sara):
    for _ in range(9):
        throttle.count(throttle.OLD_PASSWORDS_PER_HOUR, str(sara.pk), timezone.now())
    with pytest.raises(WrongOldPassword):
        change_password(person=sara, old="wrong", password=FRESH, this_session="")

    with pytest.raises(TooOften):
        change_password(person=sara, old=PASSWORD, password=FRESH, this_session="")
