"""When one can only read: whether it is so, and what is then left out."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from django.db import InternalError, connection

from nobat.database import trouble
from nobat.database.base import DatabaseWrapper


def is_for_reading_only() -> bool:
    """Whether one can only read now, as far as that is known without asking."""
    return cast(DatabaseWrapper, connection).is_for_reading_only


@contextmanager
def noted_by_the_way() -> Iterator[None]:
    """Around what is written while somebody reads: where that cannot be, they read all the same."""
    try:
        yield
    except InternalError as problem:
        if not trouble.is_for_reading_only(problem):
            raise
