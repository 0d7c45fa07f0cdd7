import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.people.models import RecoveryCode, SecondFactor
from nobat.people.second_factor import (
    AlreadySetUp,
    SetUpBegunElsewhere,
    WrongFirstCode,
    WrongRecoveryCode,
    WrongSecondFactor,
    begin_set_up,
    code_at,
    confirm_set_up,
    is_set_up,
    provisioning_uri,
    secret_in,
    tries_of,
    use_code,
    use_recovery_code,
)
from nobat.people.throttle import TooOften
from tests.build import SECOND_FACTOR, confirm_second_factor, national_code_for

pytestmark = pytest.mark.django_db
STEP = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def _has_second_factor(request, maryam):
    if "begins" not in request.node.name:
        confirm_second_factor(maryam)


def code(after=timedelta(0)):
    return code_at(SECOND_FACTOR, timezone.now() + after)


def enter(person, digits=None):
    return use_code(person=person, tries=tries_of(person), digits=digits or code())


def wrong_code() -> str:
    right = {code(STEP * steps) for steps in (-1, 0, 1)}
    return next(
        digits for digits in ("000000", "111111", "222222", "333333") if digits not in right
    )


@pytest.mark.parametrize(
    ("seconds", "digits"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_standard(seconds, digits):
    """RFC 6238, appendix B: the last six of its eight digits."""
    secret = base64.b32encode(b"12345678901234567890").decode()

    assert code_at(secret, datetime.fromtimestamp(seconds, UTC)) == digits


def test_the_right_code_lets_its_owner_in_and_the_journal_knows(maryam):
    assert enter(maryam) == maryam
    assert JournalEntry.objects.get().act == Act.STAFF_SIGNED_IN


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_wrong_by_half_a_minute(maryam, steps):
    assert enter(maryam, code(STEP * steps)) == maryam


@pytest.mark.parametrize("steps", [-2, 2])
def test_and_not_by_a_minute(maryam, steps):
    with pytest.raises(WrongSecondFactor):
        enter(maryam, code(STEP * steps))


def test_no_code_counts_twice(maryam):
    enter(maryam)

    with pytest.raises(WrongSecondFactor):
        enter(maryam)


def test_nor_does_one_from_before_a_code_that_was_used(maryam):
    enter(maryam, code(STEP))

    with pytest.raises(WrongSecondFactor):
        enter(maryam, code())


def test_the_next_code_counts(maryam, clock):
    enter(maryam)
    clock.shift(STEP)

    assert enter(maryam) == maryam


def test_after_five_wrong_codes_not_even_the_right_one_is_looked_at(maryam, clock):
    wrong = wrong_code()
    for _ in range(5):
        with pytest.raises(WrongSecondFactor):
            enter(maryam, wrong)
    with pytest.raises(TooOften):
        enter(maryam)

    clock.shift(timedelta(minutes=15))
    assert enter(maryam) == maryam


def test_a_right_code_ends_the_counting(maryam, clock):
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(WrongSecondFactor):
                enter(maryam, wrong_code())
        enter(maryam)
        clock.shift(STEP)


def test_thirty_wrong_codes_are_enough_for_a_day(maryam, clock):
    for _ in range(6):
        for _ in range(5):
            with pytest.raises(WrongSecondFactor):
                enter(maryam, wrong_code())
        clock.shift(timedelta(minutes=15))

    with pytest.raises(TooOften):
        enter(maryam)


def test_nobodys_code_is_counted_and_wrong_after_the_same_statements(
    maryam, django_assert_num_queries
):
    for person in (maryam, None):
        with django_assert_num_queries(2), pytest.raises(WrongSecondFactor):
            use_code(person=person, tries="these", digits=wrong_code())


def test_a_code_on_paper_lets_in_once(maryam):
    codes = confirm_second_factor(maryam)
    use_recovery_code(person=maryam, tries="these", digits=codes[0])

    with pytest.raises(WrongRecoveryCode):
        use_recovery_code(person=maryam, tries="these", digits=codes[0])


def test_codes_on_paper_are_counted_with_the_others(maryam):
    for _ in range(5):
        with pytest.raises(WrongRecoveryCode):
            use_recovery_code(person=maryam, tries=tries_of(maryam), digits="0000000000")

    with pytest.raises(TooOften):
        enter(maryam)


def test_the_database_holds_no_secret_in_clear(maryam):
    kept = bytes(SecondFactor.objects.get(person=maryam).secret_sealed)

    assert SECOND_FACTOR.encode() not in kept
    assert secret_in(kept) == SECOND_FACTOR


def test_a_set_up_begins_with_a_new_secret_each_time(maryam):
    first, second = begin_set_up(person=maryam), begin_set_up(person=maryam)

    assert secret_in(first) != secret_in(second)
    assert len(base64.b32decode(secret_in(second))) == 20
    assert not is_set_up(maryam.pk)


def test_a_set_up_that_begins_ends_with_the_first_code_and_ten_for_paper(maryam):
    sealed = begin_set_up(person=maryam)
    codes = confirm_set_up(
        person=maryam, sealed=sealed, digits=code_at(secret_in(sealed), timezone.now())
    )

    assert len(codes) == RecoveryCode.objects.filter(person=maryam).count() == 10
    assert is_set_up(maryam.pk)
    assert JournalEntry.objects.get().act == Act.SECOND_FACTOR_SET


def test_the_first_code_of_a_set_up_that_begins_does_not_count_twice(maryam):
    sealed = begin_set_up(person=maryam)
    digits = code_at(secret_in(sealed), timezone.now())
    confirm_set_up(person=maryam, sealed=sealed, digits=digits)

    with pytest.raises(WrongSecondFactor):
        enter(maryam, digits)


def test_a_set_up_that_begins_needs_the_right_code(maryam):
    sealed = begin_set_up(person=maryam)
    digits = code_at(secret_in(sealed), timezone.now() + timedelta(minutes=5))

    with pytest.raises(WrongFirstCode):
        confirm_set_up(person=maryam, sealed=sealed, digits=digits)
    assert not is_set_up(maryam.pk)


def test_nobody_confirms_a_secret_when_another_set_up_begins_after_it(maryam):
    seen_by_another = begin_set_up(person=maryam)
    begin_set_up(person=maryam)

    with pytest.raises(SetUpBegunElsewhere):
        confirm_set_up(
            person=maryam,
            sealed=seen_by_another,
            digits=code_at(secret_in(seen_by_another), timezone.now()),
        )
    assert not is_set_up(maryam.pk)


def test_what_is_confirmed_is_not_set_up_anew(maryam):
    with pytest.raises(AlreadySetUp):
        begin_set_up(person=maryam)
    assert enter(maryam) == maryam


def test_the_qr_code_names_us_and_the_mobile_and_no_identity(maryam):
    sealed = bytes(SecondFactor.objects.get(person=maryam).secret_sealed)
    uri = provisioning_uri(person=maryam, sealed=sealed)

    says = parse_qs(urlsplit(uri).query)
    assert uri.startswith("otpauth://totp/")
    assert says["issuer"] == ["نوبت"]
    assert (says["secret"], says["digits"], says["period"]) == ([SECOND_FACTOR], ["6"], ["30"])
    assert "09120000003" in uri
    assert national_code_for(maryam.mobile) not in uri
