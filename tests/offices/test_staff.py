import pytest

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.offices.models import Membership, Role
from nobat.offices.staff import (
    LastManager,
    NoSuchAccount,
    NotTheManager,
    WorksHereAlready,
    add_staff,
    is_last_manager,
    remove_staff,
)
from nobat.people.models import Session
from nobat.people.throttle import TooOften
from tests.build import make_staff, national_code_for
from tests.people.test_sessions import begin_session, begin_staff_session

pytestmark = pytest.mark.django_db


def add(office, person, by, role=Role.CLERK, **changes):
    numbers = {"mobile": person.mobile, "national_code": national_code_for(person.mobile)}
    return add_staff(office=office, role=role, by=by, **numbers | changes)


def role_of(person, office):
    return Membership.objects.get(person=person, office=office)


def test_a_manager_adds_a_clerk_and_the_journal_knows_who_did(office, bahram, sara):
    added = add(office, sara, bahram)

    assert (added.person, added.role) == (sara, Role.CLERK)
    entry = JournalEntry.objects.get()
    assert (entry.act, entry.subject) == (Act.STAFF_ADDED, f"people.Person:{sara.pk}")
    assert entry.by == f"people.Person:{bahram.pk}"
    assert entry.details == {"office": office.code, "role": "clerk"}


def test_and_another_manager(office, bahram, sara):
    assert add(office, sara, bahram, Role.MANAGER).role == Role.MANAGER


@pytest.mark.parametrize("digits", ["۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"])
def test_the_national_code_in_any_digits(office, bahram, sara, digits):
    typed = "".join(digits[int(digit)] for digit in national_code_for(sara.mobile))

    assert add(office, sara, bahram, national_code=typed).person == sara


def test_it_is_not_told_whether_mobile_or_national_code_is_wrong(office, bahram, sara, reza):
    answers = set()
    for changes in (
        {"national_code": national_code_for(reza.mobile)},
        {"mobile": reza.mobile},
        {"mobile": "+989129999999"},
        {"national_code": "0012345679"},
    ):
        with pytest.raises(NoSuchAccount) as refusal:
            add(office, sara, bahram, **changes)
        answers.add(refusal.value.message)

    assert len(answers) == 1
    assert Membership.objects.count() == 1


def test_ten_tries_an_hour_are_enough(office, bahram, sara):
    for _ in range(10):
        with pytest.raises(NoSuchAccount):
            add(office, sara, bahram, mobile="+989129999999")

    with pytest.raises(TooOften):
        add(office, sara, bahram)


def test_nobody_has_two_roles_at_one_office(office, bahram, maryam):
    with pytest.raises(WorksHereAlready):
        add(office, maryam, bahram, Role.MANAGER)
    assert role_of(maryam, office).role == Role.CLERK


def test_a_clerk_of_another_office_may_work_here_too(office, bahram, naser):
    add(office, naser, bahram)

    assert naser.memberships.count() == 2


def test_only_a_manager_of_this_office_adds_and_removes(office, bahram, maryam, naser, sara):
    for stranger in (maryam, naser, sara):
        with pytest.raises(NotTheManager):
            add(office, sara, stranger)
        with pytest.raises(NotTheManager):
            remove_staff(membership=role_of(bahram, office), by=stranger)
    assert Membership.objects.filter(office=office).count() == 2


def test_who_is_removed_is_signed_out_at_once_and_stays_a_citizen(office, bahram, maryam):
    at_home, at_work = begin_session(maryam), begin_staff_session(maryam)
    remove_staff(membership=role_of(maryam, office), by=bahram)

    assert not Membership.objects.filter(person=maryam).exists()
    assert Session.objects.filter(pk=at_home.session_key).exists()
    assert not Session.objects.filter(pk=at_work.session_key).exists()
    entry = JournalEntry.objects.get()
    assert (entry.act, entry.details["sessions"]) == (Act.STAFF_REMOVED, 1)


def test_removing_twice_removes_once(office, bahram, maryam):
    membership = role_of(maryam, office)
    for _ in range(2):
        remove_staff(membership=membership, by=bahram)

    assert JournalEntry.objects.filter(act=Act.STAFF_REMOVED).count() == 1


def test_the_last_manager_stays(office, bahram, maryam):
    membership = role_of(bahram, office)

    assert is_last_manager(membership)
    with pytest.raises(LastManager):
        remove_staff(membership=membership, by=bahram)


def test_one_of_two_managers_may_go(office, bahram):
    other = make_staff(office, "هما", "رها", mobile="+989120000011", role=Role.MANAGER)
    assert not is_last_manager(role_of(bahram, office))
    remove_staff(membership=role_of(bahram, office), by=bahram)

    assert is_last_manager(role_of(other, office))
