from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.pulse.beat import beat
from nobat.pulse.worker_now import DEAD_AFTER, STUCK_AFTER, limit_of, workers_now
from nobat.worker.jobs import LANES

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_who_was_silent_for_a_minute_is_dead(clock):
    beat("web1:7", {"codes": timezone.now()})
    clock.shift(DEAD_AFTER)
    assert [worker.name for worker in workers_now(timezone.now())] == ["web1:7"]
    clock.shift(SECOND)
    assert workers_now(timezone.now()) == []


def test_a_lane_at_one_job_for_too_long_is_stuck():
    now = timezone.now()
    since = now - STUCK_AFTER - SECOND
    beat("web1:7", {"codes": since, "upkeep": since, "pulse": now})
    assert workers_now(now)[0].stuck == ["codes"]
    assert workers_now(now - SECOND)[0].stuck == []


def test_those_of_one_machine_are_found_by_its_whole_name():
    now = timezone.now()
    for name in ("web1:7", "web10:8"):
        beat(name, {"pulse": now})
    assert [worker.name for worker in workers_now(now, "web1")] == ["web1:7"]


def test_nothing_that_somebody_waits_for_may_take_long():
    quick = {lane for lane in LANES if limit_of(lane) == STUCK_AFTER}
    assert {"codes", "bookings", "notices", "answers", "gateways"} <= quick
