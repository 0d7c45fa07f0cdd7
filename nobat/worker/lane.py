"""One lane of the worker: its jobs, one after the other, each when its time has come."""

import logging
import time
import traceback
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from threading import Event, Thread

from django.db import close_old_connections, connection
from django.utils import timezone

from nobat.shared.try_again import try_again
from nobat.worker.alone import Alone
from nobat.worker.jobs import Job

logger = logging.getLogger(__name__)

# A failure that lasts, such as a database that is away, is told once and then seldom.
TELL_AGAIN_AFTER_FAILURES = 100


class Lane(Thread):
    """Runs until `stopping` is set, and sets it when it cannot go on."""

    def __init__(self, name: str, jobs: Sequence[Job], stopping: Event) -> None:
        super().__init__(name=name)
        self.stopping = stopping
        now = timezone.now()
        self.due = {job: time.monotonic() + job.when.first(now).total_seconds() for job in jobs}
        self.failures = dict.fromkeys(jobs, 0)
        self.has_broken = False
        self.busy_since: datetime | None = None
        self.alone = Alone()

    def run(self) -> None:
        try:
            while not self.stopping.is_set():
                self.run_what_is_due()
                self.stopping.wait(max(min(self.due.values()) - time.monotonic(), 0))
        except BaseException as problem:
            self.has_broken = True
            logger.critical("Lane %s broke: %s\n%s", self.name, *_kind_and_way(problem))
        finally:
            self.stopping.set()
            self.alone.close()
            connection.close()

    def run_what_is_due(self) -> None:
        for job, due_at in self.due.items():
            if self.stopping.is_set():
                return
            began = time.monotonic()
            if due_at <= began:
                self._run(job)
                self.due[job] = began + job.when.again(timezone.now()).total_seconds()

    def _run(self, job: Job) -> None:
        """A job that throws is told of, and stops neither the next nor itself the next time."""
        self.busy_since = timezone.now()
        close_old_connections()  # a connection that was lost is made anew
        try:
            began = time.monotonic()
            run = partial(self._run_alone, job) if job.is_for_one_machine else job.run
            count = try_again(run)  # each job is safe to run twice
        except Exception as problem:
            self._tell(job, problem)
        else:
            self.failures[job] = 0
            if count:
                took = timedelta(seconds=time.monotonic() - began)
                logger.info("%s: %d in %.1f s", job.name, count, took.total_seconds())
        finally:
            close_old_connections()
            self.busy_since = None

    def _run_alone(self, job: Job) -> int:
        with self.alone.at(job.name) as is_ours:
            return job.run() if is_ours else 0

    def _tell(self, job: Job, problem: Exception) -> None:
        times = self.failures[job] = self.failures[job] + 1
        if times % TELL_AGAIN_AFTER_FAILURES == 1:
            kind, way = _kind_and_way(problem)
            logger.error("%s: %s, time %d\n%s", job.name, kind, times, way)


def _kind_and_way(problem: BaseException) -> tuple[str, str]:
    """Not its words: they may quote what citizens typed."""
    return type(problem).__name__, "".join(traceback.format_tb(problem.__traceback__))
