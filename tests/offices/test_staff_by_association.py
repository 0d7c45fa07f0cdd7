import pytest
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.journal.record import name_of
from nobat.offices.models import AssociationMember, AssociationRole, Membership, Role
from nobat.offices.staff import NoSuchAccount, WorksHereAlready
from nobat.offices.staff_by_association import (
    AlsoOfTheAssociation,
    NothingToReset,
    NotYourOffice,
    appoint_by_association,
    remove_by_association,
    reset_by_association,
)
from nobat.people.models import Session
from nobat.people.second_factor import is_set_up
from nobat.people.throttle import STAFF_APPOINTED_PER_HOUR, TooOften
from tests.build import confirm_second_factor, make_person, national_code_for
from tests.people.test_sessions import begin_staff_session

pytestmark = pytest.mark.django_db


def appoint(person, office, by, role=Role.MANAGER, **changes):
    numbers = {"mobile": person.mobile, "national_code": national_code_for(person.mobile)}
    return appoint_by_association(office=office, role=role, by=by, **numbers | changes)


def officer(province: str) -> AssociationMember:
    return AssociationMember.objects.create(
        person=make_person("نادر", "ملکی", mobile="+989120000022"),
        role=AssociationRole.PROVINCE,
        province_id=province,
        since=timezone.now(),
    )


def test_the_association_appoints_an_offices_first_manager(office, sara, dr_karimi):
    assert appoint(sara, office, dr_karimi).role == Role.MANAGER

    entry = JournalEntry.objects.get()
    assert (entry.act, entry.subject) == (Act.STAFF_ADDED, name_of(sara))
    assert (entry.by, entry.details["office"]) == (name_of(dr_karimi), office.code)


def test_and_nobody_twice(office, bahram, dr_karimi):
    with pytest.raises(WorksHereAlready):
        appoint(bahram, office, dr_karimi)


def test_numbers_that_do_not_belong_together_are_nobodys(office, sara, reza, dr_karimi):
    with pytest.raises(NoSuchAccount):
        appoint(sara, office, dr_karimi, national_code=national_code_for(reza.mobile))


def test_who_asks_very_often_is_stopped(office, sara, dr_karimi):
    for _ in range(STAFF_APPOINTED_PER_HOUR.most):
        with pytest.raises(NoSuchAccount):
            appoint(sara, office, dr_karimi, mobile="+989129999999")
    with pytest.raises(TooOften):
        appoint(sara, office, dr_karimi)


def test_even_the_last_manager_is_removed_and_out_at_once(office, bahram, dr_karimi):
    begin_staff_session(bahram)
    membership = Membership.objects.get(person=bahram)
    for _ in range(2):
        remove_by_association(membership=membership, by=dr_karimi)

    assert not office.memberships.exists()
    assert not Session.objects.exists()
    assert JournalEntry.objects.get().act == Act.STAFF_REMOVED


def test_a_second_factor_is_reset_with_the_name_of_who_did(office, maryam, dr_karimi):
    confirm_second_factor(maryam)
    reset_by_association(membership=maryam.memberships.get(), by=dr_karimi)

    assert not is_set_up(maryam.pk)
    entry = JournalEntry.objects.get()
    assert (entry.act, entry.by) == (Act.SECOND_FACTOR_RESET, name_of(dr_karimi))


def test_who_has_none_has_none_to_reset(maryam, dr_karimi):
    with pytest.raises(NothingToReset):
        reset_by_association(membership=maryam.memberships.get(), by=dr_karimi)


def test_the_second_factor_of_one_of_the_association_is_the_operators(maryam, dr_karimi):
    confirm_second_factor(maryam)
    AssociationMember.objects.create(person=maryam, since=timezone.now())
    with pytest.raises(AlsoOfTheAssociation):
        reset_by_association(membership=maryam.memberships.get(), by=dr_karimi)
    assert is_set_up(maryam.pk)


def test_an_officer_of_the_province_may(office, sara):
    assert appoint(sara, office, officer(office.county.province_id).person)


@pytest.mark.parametrize("who", ["of another province", "reader", "manager of the office"])
def test_nobody_else_may(who, office, bahram, sara, maryam, dr_karimi):
    by = {
        "of another province": lambda: officer("23").person,
        "reader": lambda: reader(dr_karimi),
        "manager of the office": lambda: bahram,
    }[who]()
    confirm_second_factor(maryam)
    membership = maryam.memberships.get()
    for act in (
        lambda: appoint(sara, office, by),
        lambda: remove_by_association(membership=membership, by=by),
        lambda: reset_by_association(membership=membership, by=by),
    ):
        with pytest.raises(NotYourOffice):
            act()
    assert office.memberships.count() == 2
    assert is_set_up(maryam.pk)


def reader(person):
    AssociationMember.objects.filter(person=person).update(role=AssociationRole.READER)
    return person
