import time
from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.people import throttle
from nobat.people.codes import CodeExpired, NeedsSecurityCode, WrongCode
from nobat.people.sign_in import (
    WrongMobileOrPassword,
    needs_security_code,
    send_sign_in_code,
    sign_in_by_code,
    sign_in_by_password,
)
from nobat.people.throttle import TooOften
from tests.at_once import at_once
from tests.build import PASSWORD

NEW = "+989129999999"
WRONG = "Kaj-Derakht-52"


def count_wrong_passwords(mobile, times):
    """As if they had been tried; trying takes its time on purpose."""
    for _ in range(times):
        throttle.count(throttle.PASSWORDS_PER_HOUR, mobile, timezone.now())


def by_password(mobile, password=WRONG, is_human=True):
    return sign_in_by_password(mobile=mobile, password=password, is_human=is_human)


def answers_to_wrong_passwords(mobile, times):
    answers = []
    for _ in range(times):
        with pytest.raises((WrongMobileOrPassword, NeedsSecurityCode, TooOften)) as refusal:
            by_password(mobile, is_human=False)
        answers.append(refusal.value.message)
    return answers


@pytest.mark.django_db
def test_mobile_and_password_open_the_account(sara):
    assert by_password(sara.mobile, PASSWORD) == sara
    assert JournalEntry.objects.get().act == Act.SIGNED_IN


@pytest.mark.django_db
def test_a_wrong_password_and_an_unknown_number_get_the_same_answers(sara):
    count_wrong_passwords(sara.mobile, 4)
    count_wrong_passwords(NEW, 4)

    assert answers_to_wrong_passwords(sara.mobile, 2) == answers_to_wrong_passwords(NEW, 2)


@pytest.mark.django_db
def test_a_wrong_password_and_an_unknown_number_make_the_same_statements(
    sara, django_assert_num_queries
):
    for mobile in (sara.mobile, NEW):
        with django_assert_num_queries(2), pytest.raises(WrongMobileOrPassword):
            by_password(mobile)


@pytest.mark.django_db
@pytest.mark.real_time
def test_an_unknown_number_takes_as_long_as_a_wrong_password(sara):
    def seconds(mobile):
        start = time.perf_counter()
        with pytest.raises(WrongMobileOrPassword):
            by_password(mobile)
        return time.perf_counter() - start

    known = min(seconds(sara.mobile) for _ in range(3))
    unknown = min(seconds(NEW) for _ in range(3))
    assert 0.5 < known / unknown < 2


@pytest.mark.django_db
def test_after_five_wrong_passwords_the_security_code_is_needed(sara):
    count_wrong_passwords(sara.mobile, 4)
    assert not needs_security_code(mobile=sara.mobile)
    with pytest.raises(WrongMobileOrPassword):
        by_password(sara.mobile, is_human=False)

    assert needs_security_code(mobile=sara.mobile)
    with pytest.raises(NeedsSecurityCode):
        by_password(sara.mobile, PASSWORD, is_human=False)
    assert by_password(sara.mobile, PASSWORD, is_human=True) == sara


@pytest.mark.django_db
def test_the_right_password_ends_the_count_of_wrong_ones(sara):
    count_wrong_passwords(sara.mobile, 5)
    by_password(sara.mobile, PASSWORD)

    assert not needs_security_code(mobile=sara.mobile)


@pytest.mark.django_db
def test_after_twenty_passwords_the_page_says_until_when_and_the_code_stays_open(sara, sms_code):
    count_wrong_passwords(sara.mobile, 20)

    with pytest.raises(TooOften, match="۰۸:۳۰"):
        by_password(sara.mobile, PASSWORD)
    send_sign_in_code(mobile=sara.mobile, address="192.0.2.1", is_human=True)
    assert sign_in_by_code(mobile=sara.mobile, digits=sms_code) == sara


@pytest.mark.django_db
def test_nobody_is_locked_out_for_more_than_an_hour(sara, clock):
    count_wrong_passwords(sara.mobile, 25)
    clock.shift(timedelta(hours=1))

    assert by_password(sara.mobile, PASSWORD, is_human=False) == sara


@pytest.mark.django_db
def test_a_code_by_sms_opens_the_account(sara, sms_code):
    send_sign_in_code(mobile=sara.mobile, address="192.0.2.1", is_human=False)

    assert sign_in_by_code(mobile=sara.mobile, digits=sms_code) == sara
    with pytest.raises(CodeExpired):
        sign_in_by_code(mobile=sara.mobile, digits=sms_code)


@pytest.mark.django_db
def test_no_code_opens_an_account_that_is_not_there(sms_code):
    send_sign_in_code(mobile=NEW, address="192.0.2.1", is_human=False)

    with pytest.raises(WrongCode):
        sign_in_by_code(mobile=NEW, digits=sms_code)


@pytest.mark.django_db(transaction=True)
def test_passwords_guessed_at_once_are_all_counted(sara):
    def guess():
        by_password(sara.mobile, is_human=False)

    answers = at_once([guess] * 12)

    assert answers.count("WrongMobileOrPassword") == 5
    assert answers.count("NeedsSecurityCode") == 7
