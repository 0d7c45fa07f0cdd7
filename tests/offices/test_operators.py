import pytest
from django.core.management import CommandError, call_command

from nobat.offices.models import Operator

pytestmark = pytest.mark.django_db


def test_the_command_makes_somebody_an_operator_once(sara):
    call_command("add_operator", mobile="09120000001")
    assert Operator.objects.get().person == sara

    with pytest.raises(CommandError):
        call_command("add_operator", mobile="09120000001")


def test_without_an_account_nothing_is_done(db):
    with pytest.raises(CommandError):
        call_command("add_operator", mobile="09129999999")
