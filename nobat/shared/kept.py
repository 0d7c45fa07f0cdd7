"""What many ask for in the same moment, and nobody for himself alone: made once in some seconds.

For reading only, and of this process: whoever books, cancels or moves asks the database.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from time import time as now_in_seconds
from typing import Generic, TypeVar

KEPT_FOR_SECONDS = 2
_ALL: list["Kept"] = []
Answer = TypeVar("Answer")


class Newest(dict[Hashable, Answer]):
    """At most so many; the oldest makes room for the next."""

    def __init__(self, *, most: int) -> None:
        super().__init__()
        self._most = most
        self._lock = Lock()

    def put(self, key: Hashable, answer: Answer) -> None:
        with self._lock:
            self.pop(key, None)
            while len(self) >= self._most:
                del self[next(iter(self))]
            self[key] = answer

    def clear(self) -> None:
        with self._lock:
            super().clear()


class Kept(Generic[Answer]):
    """Answers for so many seconds, at most so many of them."""

    def __init__(self, *, most: int, seconds: float = KEPT_FOR_SECONDS) -> None:
        self._seconds = seconds
        self._answers: Newest[tuple[float, Answer]] = Newest(most=most)
        _ALL.append(self)

    def or_make(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """What was made for this key in the last seconds, or what is made now.

        The key must name everything that the answer depends on, and neither may hold
        anything of who asks. Whatever `make` raises is not kept.
        """
        now = now_in_seconds()
        found = self._answers.get(key)
        if found and 0 <= now - found[0] < self._seconds:  # clocks are also set back
            return found[1]
        answer = make()
        self._answers.put(key, (now, answer))
        return answer

    def forget(self) -> None:
        self._answers.clear()


def forget() -> None:
    """In this process everything is made anew."""
    for kept in _ALL:
        kept.forget()
