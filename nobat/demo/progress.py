"""How far a long task is: a bar on a terminal, a few lines elsewhere."""

import time
from typing import TextIO

WIDTH = 30
QUIET_STEPS = 4  # lines per task where there is no terminal


class Progress:
    """One task after another, each with its own bar."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.is_terminal = out.isatty()
        self.begin("", 1)

    def begin(self, title: str, total: int) -> None:
        self.title, self.total, self.done, self.shown = title, max(total, 1), 0, -1
        self.began = time.monotonic()

    def step(self, by: int = 1) -> None:
        self.done = min(self.done + by, self.total)
        steps = WIDTH if self.is_terminal else QUIET_STEPS
        reached = self.done * steps // self.total
        if reached != self.shown:
            self.shown = reached
            self._show()

    def _show(self) -> None:
        percent = self.done * 100 // self.total
        if not self.is_terminal:
            if self.shown:
                self.out.write(f"  {self.title}: {percent}%\n")
            return
        filled = self.done * WIDTH // self.total
        bar = "#" * filled + "." * (WIDTH - filled)
        seconds = time.monotonic() - self.began
        end = "\n" if self.done == self.total else ""
        self.out.write(f"\r  {self.title:<22} [{bar}] {percent:3}%  {seconds:4.0f} s{end}")
        self.out.flush()
