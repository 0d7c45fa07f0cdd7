"""Statements that are asked all the time: the database keeps their plans ready."""

from collections.abc import Sequence
from typing import cast

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
    return cast(DatabaseWrapper, connection).prepared_row(statement, values)
