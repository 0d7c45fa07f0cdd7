"""What a stand-in remembers: the messages it has taken, not their texts, and its inbox."""

import time
from collections.abc import Callable, Iterable
from itertools import count
from threading import Lock
from typing import NamedTuple

from nobat.demo.providers.mood import Mood
from nobat.sms.texts import parts

IDS_A_SECOND = 10_000
RIALS_A_PART = 1_350


class Taken(NamedTuple):
    id: int
    own: int | None  # the sender's own id
    to: str
    parts: int
    at: float

    @property
    def cost(self) -> int:
        return self.parts * RIALS_A_PART


class Heard(NamedTuple):
    id: int
    sender: str
    line: str
    text: str
    at: float


class Kept:
    """`deliver` is told each message that is taken, at once and in the thread that takes it."""

    def __init__(self, deliver: Callable[[Taken, str], None]) -> None:
        self._deliver = deliver
        # Others than before its last start: the ledger may still know those.
        self._ids = count(int(time.time()) * IDS_A_SECOND)
        self._lock = Lock()
        self._by_id: dict[int, Taken] = {}
        self._by_own: dict[int, Taken] = {}
        self._inbox: list[Heard] = []

    def __len__(self) -> int:
        return len(self._by_id)

    def take(self, own: int | None, to: str, text: str) -> Taken:
        with self._lock:
            taken = Taken(next(self._ids), own, to, parts(text), time.monotonic())
            self._by_id[taken.id] = taken
            if own is not None:
                self._by_own[own] = taken
        self._deliver(taken, text)
        return taken

    def of_id(self, id_: int) -> Taken | None:
        return self._by_id.get(id_)

    def of_own(self, own: int | None) -> Taken | None:
        return self._by_own.get(own) if own is not None else None

    def hear(self, sender: str, line: str, text: str) -> Heard:
        """A phone has sent this to one of our lines."""
        return Heard(next(self._ids), sender, line, text, time.time())

    def put_in_inbox(self, heard: Heard) -> None:
        with self._lock:
            self._inbox.append(heard)

    def hand_out(self, most: int) -> list[Heard]:
        """Those that lie in the inbox, once."""
        with self._lock:
            handed_out, self._inbox = self._inbox[:most], self._inbox[most:]
        return handed_out


def has_arrived(taken: Taken, mood: Mood) -> bool:
    return time.monotonic() >= taken.at + mood.reported_after


def in_its_order(rows: Iterable[dict[str, object]], mood: Mood) -> list[dict[str, object]]:
    """The rows of an answer, as this mood hands them out."""
    order = list(rows)[:: -1 if mood.out_of_order else 1]
    return [row for row in order for _ in range(2 if mood.twice else 1)]
