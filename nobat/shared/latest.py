"""What is made of something that was just read, and that is seldom different from last time."""

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from nobat.shared.kept import Newest

Answer = TypeVar("Answer")


class Latest(Generic[Answer]):
    """Of each key the last answer, with what it was made of: as long as that is the same, so is the
    answer, and nothing is ever out of date.

    It grows with the number of keys alone, however often things change; the oldest key makes room.
    """

    def __init__(self, *, most: int) -> None:
        self._answers: Newest[tuple[Any, Answer]] = Newest(most=most)

    def or_make(self, key: Hashable, made_of: object, make: Callable[[], Answer]) -> Answer:
        """`made_of` must hold everything that the answer depends on. Whatever `make` raises is
        not kept."""
        found = self._answers.get(key)
        if found and found[0] == made_of:
            return found[1]
        answer = make()
        self._answers.put(key, (made_of, answer))
        return answer
