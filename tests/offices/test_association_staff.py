import pytest
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.journal.record import name_of
from nobat.offices.association_staff import (
    LastNational,
    NotNational,
    ProvinceMissing,
    add_association_member,
    add_member,
    change_role,
    is_last_national,
    remove_member,
)
from nobat.offices.models import AssociationMember, AssociationRole, Province
from nobat.offices.staff import NoSuchAccount, WorksHereAlready
from nobat.people.models import Session
from nobat.people.throttle import TooOften
from tests.build import make_person, national_code_for
from tests.people.test_sessions import begin_session, begin_staff_session

pytestmark = pytest.mark.django_db
NATIONAL, PROVINCE, READER = AssociationRole


@pytest.fixture
def fars() -> Province:
    return Province.objects.get(code="07")


@pytest.fixture
def parvin() -> AssociationMember:
    """Another one for the whole country."""
    person = make_person("پروین", "نیک‌پی", mobile="+989120000021")
    return AssociationMember.objects.create(person=person, since=timezone.now())


def add(person, by, role=READER, province=None, **changes):
    numbers = {"mobile": person.mobile, "national_code": national_code_for(person.mobile)}
    return add_member(role=role, province=province, by=by, **numbers | changes)


@pytest.fixture
def karimi(dr_karimi) -> AssociationMember:
    return dr_karimi.association_member


def test_the_operator_makes_somebody_one_of_the_association_once(sara):
    add_association_member(person=sara)
    with pytest.raises(WorksHereAlready):
        add_association_member(person=sara)

    assert AssociationMember.objects.get().person == sara
    entry = JournalEntry.objects.get()
    assert (entry.by, entry.details) == ("", {"role": "association national"})


def test_one_of_the_country_adds_an_officer_of_a_province(sara, dr_karimi, fars):
    added = add(sara, dr_karimi, PROVINCE, fars)

    assert (added.person, added.role, added.province) == (sara, PROVINCE, fars)
    entry = JournalEntry.objects.get(act=Act.STAFF_ADDED)
    assert (entry.subject, entry.by) == (name_of(sara), name_of(dr_karimi))
    assert entry.details == {"role": "association province", "province": "07"}


def test_a_province_is_given_exactly_to_its_officer(sara, dr_karimi, fars):
    for role, province in ((PROVINCE, None), (NATIONAL, fars), (READER, fars)):
        with pytest.raises(ProvinceMissing):
            add(sara, dr_karimi, role, province)


def test_numbers_that_do_not_belong_together_are_nobodys(sara, reza, dr_karimi):
    with pytest.raises(NoSuchAccount):
        add(sara, dr_karimi, national_code=national_code_for(reza.mobile))


def test_ten_tries_an_hour_are_enough(sara, dr_karimi):
    for _ in range(10):
        with pytest.raises(NoSuchAccount):
            add(sara, dr_karimi, mobile="+989129999999")
    with pytest.raises(TooOften):
        add(sara, dr_karimi)


@pytest.mark.parametrize("role", [PROVINCE, READER])
def test_only_one_of_the_country_decides_who_works_here(role, sara, reza, karimi, fars):
    other = add(reza, karimi.person, role, fars if role == PROVINCE else None)
    for act in (
        lambda: add(sara, reza),
        lambda: remove_member(member=karimi, by=reza),
        lambda: change_role(member=other, role=NATIONAL, province=None, by=reza),
    ):
        with pytest.raises(NotNational):
            act()
    assert AssociationMember.objects.count() == 2


def test_another_role_holds_at_once_and_the_journal_knows_both(parvin, dr_karimi, fars):
    change_role(member=parvin, role=PROVINCE, province=fars, by=dr_karimi)

    parvin.refresh_from_db()
    assert (parvin.role, parvin.province) == (PROVINCE, fars)
    entry = JournalEntry.objects.get()
    assert entry.act == Act.STAFF_ROLE_CHANGED
    assert entry.details == {
        "role": "association province",
        "role_before": "association national",
        "province": "07",
    }


def test_another_province_is_another_role_and_the_same_one_is_none(parvin, dr_karimi, fars):
    for province in (fars, fars, Province.objects.get(code="23")):
        change_role(member=parvin, role=PROVINCE, province=province, by=dr_karimi)

    parvin.refresh_from_db()
    assert parvin.province_id == "23"
    assert JournalEntry.objects.count() == 2


def test_who_is_removed_is_out_at_once_and_stays_a_citizen(parvin, dr_karimi):
    at_home, at_work = begin_session(parvin.person), begin_staff_session(parvin.person)
    for _ in range(2):
        remove_member(member=AssociationMember(pk=parvin.pk, person=parvin.person), by=dr_karimi)

    assert not AssociationMember.objects.filter(person=parvin.person).exists()
    assert Session.objects.filter(pk=at_home.session_key).exists()
    assert not Session.objects.filter(pk=at_work.session_key).exists()
    entry = JournalEntry.objects.get()
    assert (entry.act, entry.details["sessions"]) == (Act.STAFF_REMOVED, 1)


def test_the_last_one_of_the_country_stays_what_he_is(karimi, dr_karimi, fars):
    assert is_last_national(karimi)
    with pytest.raises(LastNational):
        remove_member(member=karimi, by=dr_karimi)
    with pytest.raises(LastNational):
        change_role(member=karimi, role=PROVINCE, province=fars, by=dr_karimi)
    change_role(member=karimi, role=NATIONAL, province=None, by=dr_karimi)


def test_one_of_two_may_go(karimi, parvin, dr_karimi):
    assert not is_last_national(karimi)
    remove_member(member=karimi, by=dr_karimi)

    assert is_last_national(parvin)
