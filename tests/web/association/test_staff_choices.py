import pytest

from nobat.offices.models import Role
from nobat.offices.staff import appoint, remove_staff
from nobat.web.association.staff_choices import staff_choices, staff_with_mobile
from tests.web.association.decisions import officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(dr_karimi):
    return dr_karimi.association_member


def test_the_association_is_listed_by_name_and_an_office_only_when_chosen(
    member, dr_karimi, maryam
):
    assert staff_choices(member, "") == [("", "هر کسی"), (str(dr_karimi.pk), "سیمین کریمی")]
    assert (str(maryam.pk), "مریم حسینی") in staff_choices(member, str(maryam.pk))


@pytest.mark.parametrize("chosen", ["x", "²", "99999999999999999999999999"])
def test_what_is_nobody_is_no_choice(member, chosen):
    assert len(staff_choices(member, chosen)) == 2


def test_a_citizen_is_no_choice(member, sara):
    assert len(staff_choices(member, str(sara.pk))) == 2
    assert staff_with_mobile(member, sara.mobile) is None


def test_staff_are_found_by_mobile(member, maryam):
    assert staff_with_mobile(member, maryam.mobile) == maryam
    assert staff_with_mobile(member, "+989129999999") is None


def test_who_has_left_is_found_still(member, office, bahram, sara):
    hers = appoint(person=sara, office=office, role=Role.CLERK, by=bahram)
    remove_staff(membership=hers, by=bahram)

    assert staff_with_mobile(member, sara.mobile) == sara


def test_an_officer_finds_those_of_the_own_province(office, bahram, maryam, sara, dr_karimi):
    hers = appoint(person=sara, office=office, role=Role.CLERK, by=bahram)
    remove_staff(membership=hers, by=bahram)
    member = officer("23").association_member
    for province, found in (("23", [None, None]), ("07", [maryam, sara])):
        member.province_id = province
        member.save()
        assert [staff_with_mobile(member, who.mobile) for who in (maryam, sara)] == found
        assert dict(staff_choices(member, "")) == {"": "هر کسی", str(member.person_id): "نادر ملکی"}
