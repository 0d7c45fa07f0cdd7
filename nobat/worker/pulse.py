"""The lane of a worker that tells of all others whether they get on."""

import os
import socket
from collections.abc import Sequence
from threading import Event

from django.utils import timezone

from nobat.pulse.beat import BEAT_EVERY, beat
from nobat.worker.jobs import Every, Job
from nobat.worker.lane import Lane

PULSE = "pulse"  # our own lane


class Pulse:
    def __init__(self, lanes: Sequence[Lane]) -> None:
        self.worker = worker_name()
        self.lanes = lanes

    def tell_that_we_live(self) -> int:
        """Job: there is nothing to count in it."""
        now = timezone.now()
        others = {lane.name: lane.busy_since or now for lane in self.lanes}
        beat(self.worker, {**others, PULSE: now})
        return 0

    def lane(self, stopping: Event) -> Lane:
        return Lane(PULSE, [Job(self.tell_that_we_live, Every(BEAT_EVERY))], stopping)


def worker_name() -> str:
    return f"{this_machine()}:{os.getpid()}"


def this_machine() -> str:
    return socket.gethostname()
