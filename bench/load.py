"""Many browsers at once: each asks again as soon as it has its answer.

They share two processors with what is measured. So that they need little of them, one loop
asks the kernel itself who has an answer, and every request is written before the clock starts.
"""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

ANSWERS_WITHIN = 30  # seconds
MOST_AT_ONCE = 256 * 1024
_LENGTH = b"\r\ncontent-length: "


class NoAnswer(Exception):
    """The site closed a connection, answered without a length, or did not answer."""


@dataclass
class Load:
    """What is asked, what counts as a good answer, and what came of it."""

    requests: Iterator[bytes]  # the load ends early with the last of them
    is_good: Callable[[bytes], bool]  # looks at status line and headers, in small letters
    times: list[float] = field(default_factory=list)
    good_by_status: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    began: float = 0
    ended: float = 0

    @property
    def good(self) -> int:
        return len(self.times)

    @property
    def seconds(self) -> float:
        return self.ended - self.began

    def note(self, head: bytes, took: float) -> None:
        status = head[9:12].decode()
        if self.is_good(head):
            self.times.append(took)
            self.good_by_status[status] += 1
        else:
            self.others[status] += 1


class _Browser:
    """One connection that is kept."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=ANSWERS_WITHIN)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.ask, self.hear = self.socket.sendall, self.socket.recv
        self.asked_at = 0.0
        self.answer = b""

    def has_answered(self) -> bytes:
        """The head of the answer once all of it is here."""
        heard = self.hear(MOST_AT_ONCE)
        if not heard:
            raise NoAnswer("the site closed a connection")
        self.answer = answer = self.answer + heard if self.answer else heard
        end = answer.find(b"\r\n\r\n")
        if end < 0:
            return b""
        head = answer[:end].lower()
        if len(answer) - end - 4 < length_in(head):
            return b""
        self.answer = b""
        return head


def length_in(head: bytes) -> int:
    """How many bytes follow these headers, which are in small letters."""
    start = head.find(_LENGTH)
    if start < 0:
        raise NoAnswer("an answer without a length")
    return int(head[start + len(_LENGTH) :].split(b"\r", 1)[0])


def run(load: Load, *, port: int, connections: int, seconds: float) -> None:
    """Every request that was begun is answered when this comes back."""
    browsers = [_Browser(port) for _ in range(connections)]
    try:
        _run(load, browsers, seconds)
    except ConnectionError:  # in the middle of asking or hearing
        raise NoAnswer("the site closed a connection") from None
    finally:
        for browser in browsers:
            browser.socket.close()


def _run(load: Load, browsers: list[_Browser], seconds: float) -> None:
    clock = time.perf_counter
    load.began = load.ended = clock()
    last_asked = load.began + seconds
    with selectors.DefaultSelector() as waiting:
        for browser in browsers:
            waiting.register(browser.socket, selectors.EVENT_READ, browser)
        asking = sum(_ask(browser, load, last_asked) for browser in browsers)
        while asking:
            ready = waiting.select(timeout=ANSWERS_WITHIN)
            if not ready:
                raise NoAnswer(f"none of {asking} within {ANSWERS_WITHIN} seconds")
            for key, _ in ready:
                browser = key.data
                head = browser.has_answered()
                if head:
                    load.ended = now = clock()
                    load.note(head, now - browser.asked_at)
                    asking -= not _ask(browser, load, last_asked)


def _ask(browser: _Browser, load: Load, last_asked: float) -> bool:
    now = browser.asked_at = time.perf_counter()
    request = next(load.requests, None) if now < last_asked else None
    if request is None:
        return False
    browser.ask(request)
    return True
