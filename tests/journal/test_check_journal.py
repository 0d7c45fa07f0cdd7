from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.models import JournalSeal
from nobat.journal.record import record
from nobat.journal.seal import seal_journal


@pytest.fixture
def sealed(sara, clock):
    record(Act.SIGNED_IN, sara, by=sara, at=timezone.now())
    clock.shift(timedelta(days=1))
    seal_journal()


def test_an_unbroken_journal_is_told_with_its_last_seal(sealed, capsys):
    call_command("check_journal")

    told = capsys.readouterr().out
    assert told.startswith("ok      unbroken until 2026-05-02")
    assert JournalSeal.objects.get().digest in told


def test_before_the_first_seal_it_says_so(db, capsys):
    call_command("check_journal")
    assert "no day is sealed yet" in capsys.readouterr().out


def test_each_broken_day_has_its_line_and_the_command_ends_with_one(sealed, sara, capsys):
    record(Act.BOOKED, sara, by=sara, at=timezone.now() - timedelta(days=1))
    with pytest.raises(CommandError) as end:
        call_command("check_journal")

    assert end.value.returncode == 1
    assert capsys.readouterr().out.startswith("BROKEN  2026-05-02: 2 entries, 1 were sealed")
