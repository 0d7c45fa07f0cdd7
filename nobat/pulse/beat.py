"""A worker says that it lives, lane by lane."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from nobat.pulse.models import LanePulse

BEAT_EVERY = timedelta(seconds=10)
FORGOTTEN_AFTER = timedelta(days=1)


def beat(worker: str, lanes: Mapping[str, datetime]) -> None:
    """All lanes in one statement; whoever has been silent for a day is forgotten."""
    pulses = [LanePulse(worker=worker, lane=lane, alive_at=at) for lane, at in lanes.items()]
    with transaction.atomic():
        LanePulse.objects.filter(alive_at__lt=timezone.now() - FORGOTTEN_AFTER).delete()
        LanePulse.objects.bulk_create(
            pulses,
            update_conflicts=True,
            unique_fields=["worker", "lane"],
            update_fields=["alive_at"],
        )


def stop_beating(worker: str) -> None:
    """It ended in good order: nobody shall miss it."""
    LanePulse.objects.filter(worker=worker).delete()
