"""Two managers, one moment."""

import pytest

from nobat.offices.models import Membership, Role
from nobat.offices.staff import appoint, remove_staff
from tests.at_once import at_once
from tests.build import bring_back_places_and_services, make_office, make_person, make_staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office():
    bring_back_places_and_services()
    return make_office("1021")


def test_two_managers_who_remove_each_other_leave_one(office):
    one, other = (
        make_staff(office, "هما", "رها", mobile=f"+98912000001{n}", role=Role.MANAGER)
        for n in (1, 2)
    )

    def removal(who, by):
        membership = Membership.objects.get(person=who)
        return lambda: remove_staff(membership=membership, by=by)

    answers = at_once([removal(one, other), removal(other, one)])

    assert sorted(map(str, answers)) == ["None", "NotTheManager"]
    assert Membership.objects.filter(office=office, role=Role.MANAGER).count() == 1


def test_who_is_added_twice_at_once_has_one_role(office):
    person = make_person(mobile="+989120000011")

    def add():
        appoint(person=person, office=office, role=Role.CLERK, by=None)

    assert sorted(map(str, at_once([add] * 3))) == ["None"] + ["WorksHereAlready"] * 2
