"""All that lies sealed is sealed anew with the first of DATA_KEYS, while people book.

Which key a value was sealed with stands in the value itself: so a run that was killed is
simply begun again, and a key may go when no value says its name.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet

from nobat.people.sealed_columns import SealedColumn
from nobat.shared.sealed import CannotUnseal, key_of, seal, sealing_key, unseal
from nobat.shared.try_again import try_again

READ_AT_ONCE = 2_000
# Rows that a transaction holds for some milliseconds.
SEALED_AT_ONCE = 100
# As arrays: bulk_update would write a CASE of a hundred arms, and take six times as long.
_WRITE = """
UPDATE {table} t SET {column} = fresh.sealed
FROM unnest(%s::bigint[], %s::bytea[]) AS fresh (id, sealed) WHERE t.id = fresh.id
"""
DOES_NOT_OPEN = "?"


class Step(NamedTuple):
    seen: int
    sealed: int


def seal_anew(column: SealedColumn) -> Iterator[Step]:
    """In steps; what was read and sealed anew in each. What somebody else is writing is left
    out, and waited for at the end, row by row: so nobody waits for us but for some
    milliseconds, and we are in no circle of those who wait. What no key opens stays as it is.
    """
    in_use: list[int] = []
    for rows in _pages(column):
        old = [row.pk for row in rows if _key_of(column, row) != sealing_key()]
        sealed = 0
        for some in _batches(old):
            these = column.rows.filter(pk__in=some)
            free = these.select_for_update(no_key=True, skip_locked=True)
            found, done = try_again(partial(_seal_some, column, free))
            in_use += set(some) - found
            sealed += done
        yield Step(len(rows), sealed)
    for pk in in_use:
        row = column.rows.filter(pk=pk).select_for_update(no_key=True)
        _, done = try_again(partial(_seal_some, column, row))
        yield Step(0, done)


def values_by_key(column: SealedColumn) -> Counter[str]:
    """How many values each key has sealed, every one of them opened to prove it; those that do
    not open are counted under DOES_NOT_OPEN."""
    found: Counter[str] = Counter()
    for rows in _pages(column):
        found.update(_key_that_opens(column, row) for row in rows)
    return found


def _seal_some(column: SealedColumn, locked: QuerySet[Any]) -> tuple[set[int], int]:
    """Which rows were free, and how many of them were sealed anew; read under their lock, so
    that nothing written meanwhile is lost."""
    with transaction.atomic():
        rows = list(locked)
        fresh = {row.pk: sealed for row in rows if (sealed := _sealed_anew(column, row))}
        _write(column, fresh)
    return {row.pk for row in rows}, len(fresh)


def _sealed_anew(column: SealedColumn, row: Any) -> bytes | None:
    """None if no key opens it."""
    context = column.sealed_for(row)
    try:
        return seal(unseal(getattr(row, column.field), context), context)
    except CannotUnseal:
        return None


def _write(column: SealedColumn, fresh: dict[int, bytes]) -> None:
    meta = column.rows.model._meta
    statement = _WRITE.format(table=meta.db_table, column=meta.get_field(column.field).column)
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(fresh), list(fresh.values())])


def _key_that_opens(column: SealedColumn, row: Any) -> str:
    try:
        unseal(getattr(row, column.field), column.sealed_for(row))
    except CannotUnseal:
        return DOES_NOT_OPEN
    return _key_of(column, row)


def _key_of(column: SealedColumn, row: Any) -> str:
    return key_of(getattr(row, column.field))


def _pages(column: SealedColumn) -> Iterator[list[Any]]:
    last = 0
    while rows := list(column.rows.filter(pk__gt=last).order_by("pk")[:READ_AT_ONCE]):
        yield rows
        last = rows[-1].pk


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + SEALED_AT_ONCE] for start in range(0, len(ids), SEALED_AT_ONCE))
