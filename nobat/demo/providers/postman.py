"""What a provider says by itself, brought to an address of ours when its time has come."""

import heapq
import time
from collections.abc import Mapping
from itertools import count
from threading import Condition, Thread

import httpx

PATIENCE_SECONDS = 5


class Postman:
    """One thread, which starts with the first thing to bring; what nobody takes is dropped."""

    def __init__(self) -> None:
        self._due: list[tuple[float, int, str, Mapping[str, str]]] = []
        self._numbers = count()
        self._changed = Condition()
        self._thread: Thread | None = None
        self._ends = False

    def bring(self, url: str, form: Mapping[str, str], *, after: float) -> None:
        """After so many seconds; what is brought at one moment goes in the order of asking."""
        with self._changed:
            due = (time.monotonic() + after, next(self._numbers), url, form)
            heapq.heappush(self._due, due)
            if self._thread is None:
                self._thread = Thread(target=self._work, daemon=True)
                self._thread.start()
            self._changed.notify()

    def end(self) -> None:
        """What is still to bring is dropped."""
        with self._changed:
            self._ends = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        with httpx.Client(trust_env=False, timeout=PATIENCE_SECONDS) as client:
            while (letter := self._next()) is not None:
                url, form = letter
                try:
                    client.post(url, data=dict(form))
                except httpx.HTTPError:
                    continue

    def _next(self) -> tuple[str, Mapping[str, str]] | None:
        with self._changed:
            while not self._ends:
                left = self._due[0][0] - time.monotonic() if self._due else None
                if left is not None and left <= 0:
                    _, _, url, form = heapq.heappop(self._due)
                    return url, form
                self._changed.wait(left)
        return None
