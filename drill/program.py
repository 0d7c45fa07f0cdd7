"""A program on one of the machines: started, killed and started again by its own id."""

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from drill.machines import Machine
from drill.places import CHECKOUT, LOGS

ENDS_WITHIN = 10  # seconds
SERVER_USER = "postgres"  # of Debian's package; PostgreSQL refuses root


@dataclass
class Program:
    name: str
    machine: Machine
    command: list[str]
    user: str = ""  # empty: whoever we are
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return LOGS / f"{self.machine.name}-{self.name}.log"

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """It ends by itself if we are killed."""
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*on(self.machine, self.user), *self.command],
                cwd=CHECKOUT,
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
            )

    def kill(self) -> None:
        """As when the power goes: it is asked nothing."""
        if self.process and self.runs:
            self.process.kill()
            self.process.wait()

    def end(self) -> None:
        if not (self.process and self.runs):
            return
        self.process.terminate()
        try:
            self.process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def on(machine: Machine, user: str = "") -> list[str]:
    """What stands before a command so that it runs there; all of it becomes one process."""
    enter = ["ip", "netns", "exec", machine.namespace, "setpriv", "--pdeathsig", "TERM"]
    if not user:
        return [*enter, "--"]
    # With our home directory they would look for certificates where they may not look.
    who = ["--reuid", user, "--regid", user, "--init-groups", "--"]
    return [*enter, *who, "env", f"HOME={machine.folder}"]


def below(process: int) -> list[int]:
    """Its children, whichever of its threads has started them."""
    found = []
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # it has just ended
            found += [int(child) for child in children.read_text(encoding="ascii").split()]
    return found


def kill_all(processes: list[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
