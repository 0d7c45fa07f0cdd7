import json

import pytest
from django.core.management import CommandError, call_command

from nobat.offices.models import Office
from tests.build import make_office

pytestmark = pytest.mark.django_db
ONE = {"offices": 1, "days": 2}


def test_the_country_is_made_once(capsys):
    call_command("make_demo", **ONE)
    call_command("make_demo", **ONE)

    assert Office.objects.count() == 1
    assert "already there" in capsys.readouterr().out


def test_nothing_is_made_beside_real_offices():
    make_office("12345678")

    with pytest.raises(CommandError):
        call_command("make_demo", **ONE)


def test_nothing_is_made_among_real_people(sara):
    with pytest.raises(CommandError):
        call_command("make_demo", **ONE)


@pytest.mark.parametrize("command", ["make_demo", "demo_accounts"])
def test_the_demo_needs_its_setting(settings, command):
    settings.DEMO = False

    with pytest.raises(CommandError):
        call_command(command)


@pytest.mark.parametrize("size", [{"offices": 0}, {"days": 0}, {"days": 9999}])
def test_sizes_that_cannot_be_are_refused(size):
    with pytest.raises(CommandError):
        call_command("make_demo", **ONE | size)


def test_the_accounts_are_told_as_json(capsys):
    call_command("demo_accounts")

    told = json.loads(capsys.readouterr().out)
    assert {"role", "mobile", "password", "totp_secret", "office"} == set(told[0])
    roles = {"citizen", "manager", "clerk", "association", "association_reader"}
    assert {each["role"] for each in told} == roles | {"association_of_province"}
