import pytest
from django.core.management import CommandError, call_command

from nobat.offices.models import AssociationMember

pytestmark = pytest.mark.django_db


def test_the_operator_makes_somebody_one_of_the_association(sara):
    call_command("add_association_member", mobile="09120000001")

    assert AssociationMember.objects.get().person == sara


@pytest.mark.parametrize("mobile", ["09120000006", "09129999999"])
def test_who_is_so_already_or_has_no_account_is_refused(dr_karimi, mobile):
    with pytest.raises(CommandError):
        call_command("add_association_member", mobile=mobile)
