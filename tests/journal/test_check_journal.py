import json
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


def test_what_a_witness_wrote_down_is_held_against_the_seals(sealed, tmp_path, capsys):
    seal = JournalSeal.objects.get()
    file = tmp_path / "seals"
    file.write_text(json.dumps({"day": "2026-05-02", "seal": seal.digest, "entries": 1}) + "\n")
    call_command("check_journal", witnessed=file)
    assert capsys.readouterr().out.startswith("ok")

    file.write_text(json.dumps({"day": "2026-05-02", "seal": "f" * 64, "entries": 1}) + "\n")
    with pytest.raises(CommandError, match="broken at 1 places"):
        call_command("check_journal", witnessed=file)
    assert "is not the one that was witnessed" in capsys.readouterr().out


@pytest.mark.parametrize("text", [None, "no seal"])
def test_a_file_that_is_none_of_a_witness_is_refused(sealed, tmp_path, text):
    file = tmp_path / "seals"
    if text:
        file.write_text(text)
    with pytest.raises(CommandError, match="seals: "):
        call_command("check_journal", witnessed=file)
