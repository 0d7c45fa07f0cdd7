"""How the workers are: at work, or at something for too long."""

from datetime import datetime, timedelta
from typing import NamedTuple

from nobat.pulse.beat import BEAT_EVERY
from nobat.pulse.models import LanePulse

# Some beats may be lost while the database changes hands.
DEAD_AFTER = 6 * BEAT_EVERY
STUCK_AFTER = timedelta(minutes=5)
# A national order, or the check of every row, takes its time.
LONGER = {
    "orders": timedelta(minutes=30),
    "imports": timedelta(minutes=30),
    "upkeep": timedelta(hours=3),
}


class WorkerNow(NamedTuple):
    name: str  # host:process
    stuck: list[str]  # lanes that have been at one job for too long


def workers_now(now: datetime, host: str = "") -> list[WorkerNow]:
    """Those that live, on this machine or on any; whoever is silent for a minute is dead."""
    found: dict[str, dict[str, datetime]] = {}
    pulses = LanePulse.objects.order_by("worker", "lane")
    if host:
        pulses = pulses.filter(worker__startswith=f"{host}:")
    for pulse in pulses:
        found.setdefault(pulse.worker, {})[pulse.lane] = pulse.alive_at
    return [
        WorkerNow(name, [lane for lane, at in lanes.items() if now - at > limit_of(lane)])
        for name, lanes in found.items()
        if now - max(lanes.values()) <= DEAD_AFTER
    ]


def limit_of(lane: str) -> timedelta:
    return LONGER.get(lane, STUCK_AFTER)
