import pytest
from django.core.management import CommandError, call_command

from nobat.journal.models import JournalEntry
from nobat.offices.models import Membership, Role

pytestmark = pytest.mark.django_db


def add(**changes):
    wanted = {"office": "1021", "mobile": "0912 000 0001", "role": "manager"}
    call_command("add_staff", **wanted | changes)


def test_the_operator_makes_an_offices_first_manager(office, sara, capsys):
    add()

    assert Membership.objects.get(person=sara, office=office).role == Role.MANAGER
    assert JournalEntry.objects.get().by == ""
    assert sara.full_name not in capsys.readouterr().out


@pytest.mark.parametrize(
    "changes", [{"office": "9999"}, {"mobile": "0712"}, {"mobile": "09129999999"}]
)
def test_what_does_not_exist_is_refused(office, sara, changes):
    with pytest.raises(CommandError):
        add(**changes)
    assert not Membership.objects.exists()


def test_a_second_role_at_the_same_office_is_refused(maryam):
    with pytest.raises(CommandError, match="already"):
        add(mobile=maryam.mobile)
