import pytest
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.offices.models import AssociationMember, Membership
from nobat.offices.staff_sign_in import (
    begin_staff_sign_in,
    enter_by_code,
    enter_by_first_code,
    enter_by_recovery_code,
    person_entering,
)
from nobat.people import throttle
from nobat.people.codes import NeedsSecurityCode
from nobat.people.passwords import set_password
from nobat.people.second_factor import (
    WrongRecoveryCode,
    WrongSecondFactor,
    begin_set_up,
    code_at,
    secret_in,
)
from nobat.people.throttle import TooOften
from tests.build import PASSWORD, SECOND_FACTOR, confirm_second_factor

pytestmark = pytest.mark.django_db
NEW = "+989129999999"
WRONG = "Kaj-Derakht-52"


def first_step(mobile, password=PASSWORD, is_human=True):
    return begin_staff_sign_in(mobile=mobile, password=password, is_human=is_human)


def right_code():
    return code_at(SECOND_FACTOR, timezone.now())


def test_password_and_code_let_a_clerk_in(maryam):
    confirm_second_factor(maryam)

    assert enter_by_code(entering=first_step(maryam.mobile), digits=right_code()) == maryam
    assert JournalEntry.objects.get().act == Act.STAFF_SIGNED_IN


def test_a_code_on_paper_stands_in_for_the_phone(maryam):
    [code, *_] = confirm_second_factor(maryam)

    assert enter_by_recovery_code(entering=first_step(maryam.mobile), digits=code) == maryam


def test_the_first_sign_in_sets_the_second_factor_up(maryam):
    assert first_step(maryam.mobile).needs_set_up
    sealed = begin_set_up(person=maryam)
    digits = code_at(secret_in(sealed), timezone.now())

    assert len(enter_by_first_code(person=maryam, sealed=sealed, digits=digits)) == 10
    assert not first_step(maryam.mobile).needs_set_up


def test_those_of_the_association_come_in_too(dr_karimi):
    assert first_step(dr_karimi.mobile).needs_set_up


def test_neither_a_wrong_password_nor_an_unknown_number_is_told_so(maryam, sara):
    confirm_second_factor(maryam)
    steps = [first_step(maryam.mobile, WRONG), first_step(NEW), first_step(sara.mobile)]

    for entering in steps:
        assert not entering.needs_set_up
        with pytest.raises(WrongSecondFactor):
            enter_by_code(entering=entering, digits=right_code())
        with pytest.raises(WrongRecoveryCode):
            enter_by_recovery_code(entering=entering, digits="0123456789")


def test_a_wrong_password_makes_the_statements_of_a_right_one(maryam, django_assert_num_queries):
    confirm_second_factor(maryam)
    for mobile, password in [(maryam.mobile, PASSWORD), (maryam.mobile, WRONG), (NEW, PASSWORD)]:
        with django_assert_num_queries(4):
            entering = first_step(mobile, password)
        with django_assert_num_queries(3), pytest.raises(WrongSecondFactor):
            enter_by_code(entering=entering, digits="000000")


def test_without_a_role_nobody_begins_a_set_up(sara):
    entering = first_step(sara.mobile)

    assert entering.person_id is None
    assert not entering.needs_set_up


def test_who_lost_the_role_still_shows_who_asks_and_then_hears_of_it(maryam):
    confirm_second_factor(maryam)
    Membership.objects.all().delete()

    assert enter_by_code(entering=first_step(maryam.mobile), digits=right_code()) == maryam


def test_wrong_and_right_passwords_are_counted_alike_until_the_second_step(maryam):
    confirm_second_factor(maryam)
    for password in (WRONG, PASSWORD, PASSWORD, WRONG, PASSWORD):
        first_step(maryam.mobile, password, is_human=False)

    with pytest.raises(NeedsSecurityCode):
        first_step(maryam.mobile, is_human=False)


def test_a_right_second_step_ends_the_counting_of_passwords(maryam):
    confirm_second_factor(maryam)
    for _ in range(4):
        first_step(maryam.mobile, WRONG, is_human=False)
    enter_by_code(entering=first_step(maryam.mobile, is_human=False), digits=right_code())

    assert throttle.so_far(throttle.PASSWORDS_PER_HOUR, maryam.mobile, timezone.now()) == 0


@pytest.mark.parametrize("password", [PASSWORD, WRONG])
def test_codes_are_counted_over_all_first_steps_whatever_the_password(maryam, password):
    confirm_second_factor(maryam)
    for _ in range(5):
        with pytest.raises(WrongSecondFactor):
            enter_by_code(entering=first_step(maryam.mobile, password), digits="000000")

    with pytest.raises(TooOften):
        enter_by_code(entering=first_step(maryam.mobile, password), digits="000000")


def test_who_has_not_the_password_cannot_spend_the_tries_of_who_has(maryam):
    confirm_second_factor(maryam)
    for _ in range(6):
        with pytest.raises((WrongSecondFactor, TooOften)):
            enter_by_code(entering=first_step(maryam.mobile, WRONG), digits="000000")

    assert enter_by_code(entering=first_step(maryam.mobile), digits=right_code()) == maryam


def test_another_password_ends_what_was_begun_with_the_old_one(maryam):
    confirm_second_factor(maryam)
    entering = first_step(maryam.mobile)
    set_password(maryam, WRONG)
    maryam.save()

    assert person_entering(entering) is None
    with pytest.raises(WrongSecondFactor):
        enter_by_code(entering=entering, digits=right_code())


def test_the_association_is_a_role(dr_karimi):
    confirm_second_factor(dr_karimi)
    AssociationMember.objects.all().delete()

    assert not first_step(dr_karimi.mobile).needs_set_up
