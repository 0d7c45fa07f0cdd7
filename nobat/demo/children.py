"""The programs of `make run`: started together, started again if one dies, ended together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta

ENDS_WITHIN = timedelta(seconds=15)
TOO_SOON = timedelta(seconds=5)
MOST_DEATHS_IN_A_ROW = 5
PR_SET_PDEATHSIG = 1


class KeepsDying(Exception):
    """A program died again and again right after its start."""


def end_with_parent(parent: int) -> None:
    """Be told to end (SIGTERM) when this parent is gone, even if it was killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


@dataclass
class Child:
    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0
    deaths_in_a_row: int = 0
    is_dispensable: bool = False

    def start(self) -> None:
        parent = os.getpid()
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            # Ctrl-C is for us alone; we end them in good order.
            process_group=0,
            preexec_fn=lambda: end_with_parent(parent),
        )

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start_again(self) -> None:
        lived = timedelta(seconds=time.monotonic() - self.started)
        self.deaths_in_a_row = self.deaths_in_a_row + 1 if lived < TOO_SOON else 1
        if self.deaths_in_a_row > MOST_DEATHS_IN_A_ROW:
            raise KeepsDying(self.name)
        self.start()


@dataclass
class Children:
    all: list[Child] = field(default_factory=list)

    def start(self, name: str, command: list[str]) -> None:
        self._start(Child(name, command))

    def start_dispensable(self, name: str, command: list[str]) -> Child:
        """One without which the others go on: if it keeps dying, it is let go."""
        return self._start(Child(name, command, is_dispensable=True))

    def _start(self, child: Child) -> Child:
        child.start()
        self.all.append(child)
        return child

    def start_the_dead_again(self) -> list[str]:
        """Return the names of those that had died."""
        dead = [child for child in self.all if not child.is_running()]
        for child in dead:
            try:
                child.start_again()
            except KeepsDying:
                if not child.is_dispensable:
                    raise
                self.all.remove(child)
        return [child.name for child in dead]

    def end(self) -> None:
        """Ask all to end, and make those end that do not in time."""
        self._end(self.all)

    def let_go(self, child: Child) -> None:
        """End it for good, and only it."""
        self.all.remove(child)
        self._end([child])

    def _end(self, children: list[Child]) -> None:
        processes = [child.process for child in children if child.process]
        for process in processes:
            process.terminate()
        deadline = time.monotonic() + ENDS_WITHIN.total_seconds()
        for process in processes:
            try:
                process.wait(max(deadline - time.monotonic(), 0))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
