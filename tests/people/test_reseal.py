import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from nobat.people.models import Person
from nobat.shared.sealed import key_of
from tests.people.test_seal_anew import FRESH, one_of_each

pytestmark = pytest.mark.django_db
CHECKOUT = Path(__file__).resolve().parents[2]
OLD = os.environ["DATA_KEYS"]
BETWEEN = "3:" + "Q0ND" * 10 + "Q0M="
LONG_ENOUGH = 30  # seconds; only a test that fails waits for so long


def reseal(**options):
    out = StringIO()
    call_command("reseal", stdout=out, **options)
    return out.getvalue()


def test_it_says_what_it_did_and_which_key_may_go(sara, reza, settings):
    one_of_each(sara, reza)
    settings.DATA_KEYS = [FRESH, BETWEEN, OLD]
    said = reseal().splitlines()

    assert "people.Person.identity_sealed: 1 of 1 sealed anew" in said
    assert said[-3:] == [
        "key 2: 4 values; it seals",
        "key 3: 0 values; it may be taken out",
        "key 1: 0 values; it makes the digests, and stays",
    ]


def test_check_changes_nothing_and_ends_with_1_while_an_old_key_is_needed(sara, settings, capsys):
    settings.DATA_KEYS = [FRESH, OLD]
    with pytest.raises(CommandError, match="1 values still need an old key") as refused:
        reseal(check=True)
    assert refused.value.returncode == 1

    reseal()
    assert "key 1: 0 values" in reseal(check=True)


def test_check_says_when_a_key_was_taken_out_too_early(sara, settings):
    settings.DATA_KEYS = [FRESH]
    with pytest.raises(CommandError, match="1 values open with no key"):
        reseal(check=True)


@pytest.fixture
def start():
    """The command as a process of its own, on the database of the tests."""
    started = []
    there = urlsplit(os.environ["DATABASE_URL"])
    url = there._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment = {**os.environ, "DATABASE_URL": url, "DATA_KEYS": f"{FRESH},{OLD}"}

    def begin():
        command = [sys.executable, "manage.py", "reseal"]
        started.append(subprocess.Popen(command, cwd=CHECKOUT, env=environment))
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def keys_in_use():
    return sorted(key_of(each) for each in Person.objects.values_list("identity_sealed", flat=True))


@pytest.mark.django_db(transaction=True)
@pytest.mark.real_time
def test_a_run_that_is_killed_is_begun_again(sara, reza, maryam, settings, start):
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=reza.pk)  # so it cannot come to its end
        killed = start()
        until = time.monotonic() + LONG_ENOUGH
        while keys_in_use() != ["1", "2", "2"] and time.monotonic() < until:
            time.sleep(0.05)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    assert keys_in_use() == ["1", "2", "2"]

    settings.DATA_KEYS = [FRESH, OLD]
    assert "people.Person.identity_sealed: 1 of 3 sealed anew" in reseal()
    assert keys_in_use() == ["2", "2", "2"]
