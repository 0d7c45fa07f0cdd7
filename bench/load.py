"""Many browsers at once: each asks again as soon as it has its answer."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

ANSWERS_WITHIN = 30  # seconds
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class NoAnswer(Exception):
    """The site closed a connection, answered without a length, or did not answer."""


@dataclass
class Load:
    """What is asked, what counts as a good answer, and what came of it."""

    next_request: Callable[[], bytes]
    is_good: Callable[[bytes], bool]  # looks at status line and headers
    times: list[float] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    began: float = 0
    ended: float = 0
    ends_after: float = 0

    @property
    def good(self) -> int:
        return len(self.times)

    @property
    def seconds(self) -> float:
        return self.ended - self.began

    def note(self, head: bytes, took: float) -> None:
        if self.is_good(head):
            self.times.append(took)
        else:
            self.others[head[9:12].decode()] += 1


class Browser(asyncio.Protocol):
    """One connection that is kept. Streams would cost twice the processor time."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.is_done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        self.answer += data
        head, found, body = self.answer.partition(b"\r\n\r\n")
        if not found:
            return
        length = LENGTH.search(head)
        if length is None:
            self._fail("an answer without a length")
        elif len(body) >= int(length[1]):
            now = time.perf_counter()
            self.load.note(head, now - self.asked_at)
            self.load.ended = now
            self._ask()

    def connection_lost(self, problem: Exception | None) -> None:
        self._fail("the site closed a connection")

    def _ask(self) -> None:
        self.answer = b""
        self.asked_at = time.perf_counter()
        if self.asked_at < self.load.ends_after:
            self.transport.write(self.load.next_request())
        elif not self.is_done.done():
            self.is_done.set_result(None)
            self.transport.close()

    def _fail(self, what: str) -> None:
        if not self.is_done.done():
            self.is_done.set_exception(NoAnswer(what))


def run(load: Load, *, port: int, connections: int, seconds: float) -> None:
    """Every request that was begun is answered when this comes back."""
    asyncio.run(_run(load, port, connections, seconds))


async def _run(load: Load, port: int, connections: int, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    load.began = time.perf_counter()
    load.ends_after = load.began + seconds
    async with asyncio.timeout(seconds + ANSWERS_WITHIN):
        opened = [
            await loop.create_connection(lambda: Browser(load), "127.0.0.1", port)
            for _ in range(connections)
        ]
        await asyncio.gather(*(browser.is_done for _, browser in opened))
