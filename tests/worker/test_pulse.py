from datetime import timedelta
from threading import Event

import pytest
from django.utils import timezone

from nobat.pulse.models import LanePulse
from nobat.worker.jobs import Every, Job
from nobat.worker.lane import Lane
from nobat.worker.pulse import PULSE, Pulse, worker_name

pytestmark = pytest.mark.django_db(transaction=True)  # a lane closes its connection


def alive_at():
    return dict(LanePulse.objects.values_list("lane", "alive_at"))


def test_a_lane_that_waits_for_its_time_lives_now():
    lane = Lane("codes", [Job(lambda: 0, Every(timedelta(hours=1)))], Event())
    assert Pulse([lane]).tell_that_we_live() == 0
    assert alive_at() == {"codes": timezone.now(), PULSE: timezone.now()}
    assert LanePulse.objects.filter(worker=worker_name()).count() == 2


def test_a_lane_that_is_at_a_job_lived_when_it_took_it_up(clock):
    began = timezone.now()

    def takes_ten_minutes():
        clock.shift(timedelta(minutes=10))
        Pulse([lane]).tell_that_we_live()
        return 0

    lane = Lane("codes", [Job(takes_ten_minutes, Every(timedelta(hours=1)))], Event())
    lane.run_what_is_due()
    assert alive_at() == {"codes": began, PULSE: began + timedelta(minutes=10)}
    Pulse([lane]).tell_that_we_live()
    assert alive_at()["codes"] == timezone.now(), "it is done"


def test_the_pulse_is_a_lane_of_its_own_and_begins_at_once():
    lane = Pulse([]).lane(Event())
    lane.run_what_is_due()
    assert set(alive_at()) == {PULSE}
