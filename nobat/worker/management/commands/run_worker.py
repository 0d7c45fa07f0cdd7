"""Runs the background jobs until it is asked to end; then it finishes those it is at."""

import logging
import signal
from contextlib import suppress
from threading import Event
from types import FrameType

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from nobat.pulse.beat import stop_beating
from nobat.safe_start import refuse_unsafe_start
from nobat.worker.jobs import LANES
from nobat.worker.lane import Lane
from nobat.worker.pulse import Pulse

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs the background jobs (nobat/worker/jobs.py) until SIGTERM or Ctrl-C."

    def handle(self, **options: object) -> None:
        refuse_unsafe_start()
        stopping = Event()

        def stop(number: int, frame: FrameType | None) -> None:
            stopping.set()

        for wish in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wish, stop)
        lanes = [Lane(name, jobs, stopping) for name, jobs in LANES.items()]
        pulse = Pulse(lanes)
        lanes = [*lanes, pulse.lane(stopping)]
        for lane in lanes:
            lane.start()
        logger.info("The worker is at work: %s", ", ".join(LANES))
        for lane in lanes:
            lane.join()
        if any(lane.has_broken for lane in lanes):
            raise CommandError("A lane of the worker broke; what it said stands above.")
        with suppress(DatabaseError):
            stop_beating(pulse.worker)
        logger.info("The worker ended in good order.")
