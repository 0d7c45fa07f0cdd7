"""Statements that are asked all the time: the database keeps their plans ready."""

from typing import cast

from django.db import connection
from django.db.backends.utils import CursorWrapper

from nobat.database.base import DatabaseWrapper


def prepared_cursor() -> CursorWrapper:
    """A cursor whose statements are planned once per connection; values are bound by the
    server, so that each needs a type that is clear from its place."""
    return cast(DatabaseWrapper, connection).prepared_cursor()
