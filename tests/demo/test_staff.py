import base64

import pytest
from django.utils import timezone

from nobat.demo.accounts import demo_offices
from nobat.demo.staff import demo_secret, open_staff, staff
from nobat.offices.models import AssociationMember, Membership, Role
from nobat.offices.staff_sign_in import begin_staff_sign_in, enter_by_code
from nobat.people.mobile import mobile_number
from nobat.people.second_factor import code_at
from tests.build import make_county, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def country():
    make_office("900010001", county=make_county("2301"))
    for code in ("900070001", "900070002", "900070003"):
        make_office(code)
    open_staff()


def test_everybody_of_the_demos_staff_comes_in_with_the_code_that_is_told(country):
    for account in staff():
        mobile = mobile_number(account.mobile)
        entering = begin_staff_sign_in(mobile=mobile, password=account.password, is_human=False)
        assert not entering.needs_set_up
        assert enter_by_code(entering=entering, digits=code_at(account.totp_secret, timezone.now()))


def test_there_is_everybody_to_try_the_office_with(country):
    roles = [(account.role, account.office) for account in staff()]

    assert roles == [
        ("manager", "900070001"),
        ("clerk", "900070001"),
        ("clerk", "900070002"),
        ("clerk", "900070001"),
        ("association", None),
        ("association_of_province", None),
        ("association_reader", None),
    ]
    assert Membership.objects.filter(role=Role.MANAGER).count() == 1
    assert Membership.objects.filter(person__mobile="+989170002004").count() == 2
    assert AssociationMember.objects.count() == 3


def test_the_offices_are_the_first_of_shiraz_and_of_anywhere_if_it_has_none(country):
    assert [office.code for office in demo_offices()] == ["900070001", "900070002"]


def test_a_country_of_one_office_has_room_for_all():
    make_office("900010001", county=make_county("2301"))
    open_staff()

    assert {account.office for account in staff()} == {"900010001", None}


def test_secrets_are_the_same_in_every_demo_and_another_for_each():
    assert demo_secret("09170002001") == demo_secret("09170002001")
    assert len({account.totp_secret for account in staff()}) == 7
    assert len(base64.b32decode(demo_secret("09170002001"))) == 20


def test_nothing_is_told_of_offices_before_there_are_any():
    assert {account.office for account in staff()} == {None}
