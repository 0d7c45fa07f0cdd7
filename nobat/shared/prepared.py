"""Statements that are asked all the time: the database keeps their plans ready."""

import re
from collections.abc import Sequence
from contextvars import ContextVar
from functools import lru_cache
from typing import Self, cast

from django.db import connection
from django.db.backends.utils import CursorWrapper

from nobat.database.base import DatabaseWrapper


def prepared_cursor() -> CursorWrapper:
    """A cursor whose statements are planned once per connection; values are bound by the
    server, so that each needs a type that is clear from its place."""
    return cast(DatabaseWrapper, connection).prepared_cursor()


def first_row(statement: str, values: Sequence[str]) -> list[str | None]:
    """The first row it returns, as text, for the one statement of a rush; `$1` is the first value.
    Empty where it returns none.

    A cursor costs several times as much. It opens no connection. Raises DatabaseError where
    there is none, or the database did not answer: then nobody knows what it has done.
    """
    return cast(DatabaseWrapper, connection).first_row(statement, values)


def prepared_row(statement: str, values: Sequence[str]) -> list[str | None]:
    """The same for pages, on a connection that is opened or replaced where it has to be."""
    along = _along.get()
    if along is None or along.is_asked:
        return _asked(statement, values)
    return along.asked_with(statement, values)


class AskedAlong:
    """What two parts of a page ask without knowing of each other, in one round trip.

    Within `with`, the next prepared_row() takes this statement along; both return one column, and
    no more than one row.
    """

    def __init__(self, statement: str, values: Sequence[str]) -> None:
        self.statement, self.values = statement, values
        self.is_asked = False
        self._said: str | None = None

    def __enter__(self) -> Self:
        self._before = _along.set(self)
        return self

    def __exit__(self, *trouble: object) -> None:
        _along.reset(self._before)

    def answer(self) -> str | None:
        """None where there is no row. Asked by itself if nobody has taken it along."""
        if not self.is_asked:
            self.is_asked = True
            self._said = next(iter(_asked(self.statement, self.values)), None)
        return self._said

    def asked_with(self, statement: str, values: Sequence[str]) -> list[str | None]:
        """The row of the other one."""
        together = _together(self.statement, statement, len(self.values))
        self._said, said = _asked(together, [*self.values, *values])
        self.is_asked = True
        return [] if said is None else [said]


_along: ContextVar[AskedAlong | None] = ContextVar("along", default=None)
_PLACE = re.compile(r"\$([0-9]+)")  # of a value


@lru_cache(maxsize=16)
def _together(first: str, second: str, values_of_first: int) -> str:
    moved = _PLACE.sub(lambda place: f"${int(place[1]) + values_of_first}", second)
    return f"SELECT ({first}), ({moved})"


def _asked(statement: str, values: Sequence[str]) -> list[str | None]:
    return cast(DatabaseWrapper, connection).prepared_row(statement, values)
