import pytest
from django.core.management import CommandError, call_command

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.people.models import RecoveryCode, Session
from nobat.people.second_factor import is_set_up
from tests.build import confirm_second_factor
from tests.people.test_sessions import begin_staff_session

pytestmark = pytest.mark.django_db


def test_who_lost_phone_and_paper_begins_anew(maryam):
    confirm_second_factor(maryam)
    begin_staff_session(maryam)
    call_command("reset_second_factor", mobile="09120000003")

    assert not is_set_up(maryam.pk)
    assert not RecoveryCode.objects.exists()
    assert not Session.objects.exists()
    assert JournalEntry.objects.get().act == Act.SECOND_FACTOR_RESET


@pytest.mark.parametrize("mobile", ["09120000003", "09129999999", "no mobile"])
def test_without_one_there_is_nothing_to_reset(maryam, mobile):
    with pytest.raises(CommandError):
        call_command("reset_second_factor", mobile=mobile)
