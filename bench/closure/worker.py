"""The worker as it really runs, which is killed and started again."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import IO

from nobat.demo.children import ENDS_WITHIN, end_with_parent
from nobat.local_postgres import VAR

LOG = VAR / "bench-closure.log"


class Broke(Exception):
    """The worker ended by itself; its log says why."""


@dataclass
class Worker:
    log: IO[bytes]
    process: subprocess.Popen[bytes] | None = None
    kills: int = 0

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run_worker"],
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            process_group=0,
            preexec_fn=partial(end_with_parent, os.getpid()),
        )

    def kill(self) -> None:
        """As `kill -9` does: in the middle of whatever it is at."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.kills += 1

    def refuse_if_it_broke(self) -> None:
        if self.process and self.process.poll() is not None:
            raise Broke(f"see {LOG}")

    def end(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(ENDS_WITHIN.seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def one_worker() -> Iterator[Worker]:
    """Not started yet; ended whatever happens."""
    with open(LOG, "wb") as log:
        worker = Worker(log)
        try:
            yield worker
        finally:
            worker.end()
