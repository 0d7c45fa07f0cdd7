"""When one can only read: whether it is so, and what is then left out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import cast

from django.db import InternalError, connection

from nobat.database import no_writing, trouble
from nobat.database.base import DatabaseWrapper


def is_for_reading_only() -> bool:
    """Whether one can only read now, as far as that is known without asking."""
    return cast(DatabaseWrapper, connection).is_for_reading_only


def time_without_writing(*, within: timedelta) -> timedelta:
    """How long nothing can be written already, or could not until a moment ago that is nearer
    than `within`. As far as this process knows; it asks nobody."""
    if is_for_reading_only():
        no_writing.note_no_writing()
    return no_writing.time_without_writing(within=within)


@contextmanager
def noted_by_the_way() -> Iterator[None]:
    """Around what is written while somebody reads: where that cannot be, they read all the same."""
    try:
        yield
        no_writing.note_writing()
    except InternalError as problem:
        if not trouble.is_for_reading_only(problem):
            raise
