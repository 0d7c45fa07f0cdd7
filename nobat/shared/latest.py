"""What is made of something that was just read, and that is seldom different from last time."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

Answer = TypeVar("Answer")


class Latest(Generic[Answer]):
    """Of each key the last answer, with what it was made of: as long as that is the same, so is the
    answer, and nothing is ever out of date.

    It grows with the number of keys alone, however often things change; the oldest key makes room.
    """

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._answers: dict[Hashable, tuple[Any, Answer]] = {}
        self._lock = Lock()

    def or_make(self, key: Hashable, made_of: object, make: Callable[[], Answer]) -> Answer:
        """`made_of` must hold everything that the answer depends on. Whatever `make` raises is
        not kept."""
        found = self._answers.get(key)
        if found and found[0] == made_of:
            return found[1]
        answer = make()
        with self._lock:
            self._answers.pop(key, None)
            while len(self._answers) >= self._most:
                del self._answers[next(iter(self._answers))]
            self._answers[key] = (made_of, answer)
        return answer
