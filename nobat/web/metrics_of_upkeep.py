"""Numbers for machines that watch over us: workers, checks, backups, and which release it is."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric

from nobat.journal.carry_seal import witnessed_at
from nobat.pulse.models import LanePulse, LastCheck
from nobat.pulse.worker_now import workers_now
from nobat.web.gauge import gauge


def of_machine() -> Iterator[Metric]:
    """Needs no database."""
    yield InfoMetricFamily("nobat_build", "Which release it is.", {"release": settings.RELEASE})
    done = _last_backup()
    if done is not None:
        help_ = "When a backup last succeeded."
        yield GaugeMetricFamily("nobat_backup_timestamp_seconds", help_, done)


def _last_backup() -> float | None:
    """None if nobody told us where to look; 1970 if there is nothing."""
    if not settings.BACKUP_MARKER:
        return None
    try:
        return Path(settings.BACKUP_MARKER).stat().st_mtime
    except OSError:
        return 0


def of_database() -> Iterator[Metric]:
    yield from _workers()
    taken = witnessed_at()
    if taken is not None:
        help_ = "When the witness last took a seal of the journal."
        name = "nobat_journal_witnessed_timestamp_seconds"
        yield GaugeMetricFamily(name, help_, taken.timestamp())
    checks = list(LastCheck.objects.order_by("name"))
    broken = {check.name: check.broken for check in checks}
    yield gauge("check_broken_rules", "Rules that rows break, as last checked.", "check", broken)
    done = {check.name: check.at.timestamp() for check in checks}
    yield gauge("check_timestamp_seconds", "When that was.", "check", done)


def _workers() -> Iterator[Metric]:
    found = workers_now(timezone.now())
    states = Counter("stuck" if worker.stuck else "at_work" for worker in found)
    both = {state: states[state] for state in ("at_work", "stuck")}
    help_ = "Workers that live; stuck: a lane has been at one job for too long."
    yield gauge("workers", help_, "state", both)
    pulses = LanePulse.objects.values_list("lane").annotate(Max("alive_at"))
    alive = {lane: at.timestamp() for lane, at in pulses}
    help_ = "When some worker's lane last had nothing to do, or took up what it is still at."
    yield gauge("worker_lane_timestamp_seconds", help_, "lane", alive)
