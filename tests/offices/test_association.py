import pytest

from nobat.offices.association import NotOfTheAssociation, association_member
from nobat.people.mobile import NotAMobile


@pytest.mark.parametrize("mobile", ["09120000006", "+989120000006", "۰۹۱۲ ۰۰۰ ۰۰۰۶"])
def test_a_member_is_found_however_the_mobile_is_typed(dr_karimi, mobile):
    assert association_member(mobile) == dr_karimi


def test_others_are_not_of_the_association(dr_karimi, maryam):
    with pytest.raises(NotOfTheAssociation):
        association_member(maryam.mobile)


def test_a_wrong_number_is_no_mobile(db):
    with pytest.raises(NotAMobile):
        association_member("12")
