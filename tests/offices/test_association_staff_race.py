"""Two of the association, one moment."""

import pytest
from django.utils import timezone

from nobat.offices.association_staff import remove_member
from nobat.offices.models import AssociationMember
from tests.at_once import at_once
from tests.build import make_person


@pytest.mark.django_db(transaction=True)
def test_two_who_remove_each_other_leave_one():
    one, other = (
        AssociationMember.objects.create(
            person=make_person(mobile=f"+98912000001{n}"), since=timezone.now()
        )
        for n in (1, 2)
    )

    def removal(who, by):
        return lambda: remove_member(member=who, by=by.person)

    answers = at_once([removal(one, other), removal(other, one)])

    assert sorted(map(str, answers)) == ["None", "NotNational"]
    assert AssociationMember.objects.count() == 1
