from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from nobat.pulse.beat import beat
from nobat.worker.management.commands import worker_health
from nobat.worker.pulse import this_machine


def health() -> str:
    said = StringIO()
    call_command("worker_health", stdout=said)
    return said.getvalue().strip()


@pytest.mark.django_db
def test_without_a_worker_of_this_machine_it_ends_badly():
    beat("elsewhere:1", {"pulse": timezone.now()})
    with pytest.raises(CommandError, match="No worker of this machine"):
        health()


@pytest.mark.django_db
def test_a_stuck_worker_ends_badly_unless_another_one_is_at_work():
    now = timezone.now()
    beat(f"{this_machine()}:1", {"codes": now - timedelta(hours=1), "pulse": now})
    with pytest.raises(CommandError, match="too long: codes"):
        health()
    beat(f"{this_machine()}:2", {"codes": now, "pulse": now})
    assert health() == "At work: 2."


def test_while_the_database_is_away_nobody_is_started_again(monkeypatch):
    def away(*_):
        raise OperationalError

    monkeypatch.setattr(worker_health, "workers_now", away)
    assert "does not answer" in health()
