import os
from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.journal.models import JournalSeal, WitnessedSeal
from nobat.pulse.beat import beat
from nobat.shared.jalali import tehran_day
from nobat.visits.integrity import report_what_is_broken
from tests.metrics import lines

pytestmark = pytest.mark.django_db


def number(client, name):
    found = [line for line in lines(client) if line.startswith(f"{name} ")]
    return float(found[0].split()[-1]) if found else None


def test_which_release_it_is(client, settings):
    settings.RELEASE = "2026.11.1"
    assert 'nobat_build_info{release="2026.11.1"} 1.0' in lines(client)


def test_when_a_backup_last_succeeded_is_the_age_of_the_marker(client, settings, tmp_path):
    assert number(client, "nobat_backup_timestamp_seconds") is None
    settings.BACKUP_MARKER = str(tmp_path / "done")
    assert number(client, "nobat_backup_timestamp_seconds") == 0
    (tmp_path / "done").touch()
    os.utime(tmp_path / "done", (1000, 2000))
    assert number(client, "nobat_backup_timestamp_seconds") == 2000


def test_workers_are_counted_and_those_that_are_stuck(client):
    now = timezone.now()
    beat("web1:1", {"codes": now, "pulse": now})
    beat("web1:2", {"codes": now - timedelta(hours=1), "pulse": now})
    beat("web1:3", {"codes": now - timedelta(hours=1)})
    assert number(client, 'nobat_workers{state="at_work"}') == 1
    assert number(client, 'nobat_workers{state="stuck"}') == 1
    of_lane = 'nobat_worker_lane_timestamp_seconds{lane="codes"}'
    assert number(client, of_lane) == now.timestamp()


@pytest.mark.django_db(transaction=True)
def test_what_the_check_of_every_row_found_and_when(client):
    assert number(client, 'nobat_check_broken_rules{check="integrity"}') is None
    report_what_is_broken()
    assert number(client, 'nobat_check_broken_rules{check="integrity"}') == 0
    of_check = 'nobat_check_timestamp_seconds{check="integrity"}'
    assert number(client, of_check) == timezone.now().timestamp()


def test_when_the_witness_last_took_a_seal_is_said_where_there_is_one(client, settings):
    now = timezone.now()
    seal = JournalSeal.objects.create(
        day=tehran_day(now), entries=0, digest="d", sealed_at=now - timedelta(days=1)
    )
    WitnessedSeal.objects.create(seal=seal, taken_at=now - timedelta(hours=1))
    taken = "nobat_journal_witnessed_timestamp_seconds"
    assert number(client, taken) is None

    settings.JOURNAL_WITNESS_URL = "https://witness.example/seals"
    assert number(client, taken) == (now - timedelta(hours=1)).timestamp()
