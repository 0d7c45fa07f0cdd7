"""A list of offices that was looked at is taken over: all of it, or nothing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, connections, transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.import_offices import as_seen, lines_of
from nobat.offices.models import ImportState, Office, OfficeImport
from nobat.offices.office_rows import CheckedRow, Kind, check_rows, version_of
from nobat.offices.write_offices import Change, add_offices, change_offices

# Rows between two words about how far it is.
ROWS_AT_ONCE = 100
Told = Callable[[int], None]  # how many rows are done


def take_over_imports() -> int:
    """Every list that waits for it, the oldest first; returns how many offices were written.

    Killed in between, nothing of a list has happened, and the next call begins it anew.
    """
    waiting = OfficeImport.objects.filter(state=ImportState.RUNNING).order_by("at", "pk")
    return sum(_take_over_and_tell(pk) for pk in list(waiting.values_list("pk", flat=True)))


def take_over_offices(*, import_id: int, tell: Told) -> int:
    """Write down the offices of one list in one transaction; returns how many.

    If an office is no longer as it was when the list was looked at, nothing happens but
    that the list has to be looked at again. Done or stopped by somebody else: 0.
    """
    now = timezone.now()
    with transaction.atomic():
        _one_list_at_a_time()
        office_import = OfficeImport.objects.filter(pk=import_id).first()
        if office_import is None or office_import.state != ImportState.RUNNING:
            return 0
        rows = _checked_again(office_import)
        if version_of(rows) != office_import.version:
            seen = as_seen(rows)
            OfficeImport.objects.filter(pk=import_id).update(state=ImportState.STALE, **seen)
            return 0
        _write(rows, office_import, now, tell)
        OfficeImport.objects.filter(pk=import_id).update(
            state=ImportState.DONE, done=office_import.to_do, finished_at=now
        )
        counts = office_import.counts
        record(Act.OFFICES_IMPORTED, office_import, by=office_import.by, at=now, **counts)
    return office_import.to_do


def _take_over_and_tell(import_id: int) -> int:
    with _told_beside(import_id) as tell:
        return take_over_offices(import_id=import_id, tell=tell)


def _one_list_at_a_time() -> None:
    """Two lists may bring the same office. The lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [__name__])


def _checked_again(office_import: OfficeImport) -> list[CheckedRow]:
    """With the offices locked, so that what is found stays so until the end."""
    lines = lines_of(office_import)
    codes = {row["code"] for row in office_import.rows}
    offices = Office.objects.filter(code__in=codes).order_by("pk")
    list(offices.select_for_update(no_key=True).values_list("pk", flat=True))
    return check_rows(lines, province=office_import.province)


def _write(
    rows: Sequence[CheckedRow], office_import: OfficeImport, now: datetime, tell: Told
) -> None:
    done, by = 0, office_import.by
    for batch in _batches([row for row in rows if row.kind == Kind.ADDED]):
        add_offices(wanted=[row.wanted for row in batch if row.wanted], by=by, at=now)
        done += len(batch)
        tell(done)
    for batch in _batches([row for row in rows if row.kind == Kind.CHANGED]):
        changes = [
            Change(row.office, row.wanted, row.changed_fields)
            for row in batch
            if row.office and row.wanted
        ]
        change_offices(changes=changes, by=by, at=now)
        done += len(batch)
        tell(done)


def _batches(rows: Sequence[CheckedRow]) -> Iterator[Sequence[CheckedRow]]:
    for start in range(0, len(rows), ROWS_AT_ONCE):
        yield rows[start : start + ROWS_AT_ONCE]


@contextmanager
def _told_beside(import_id: int) -> Iterator[Told]:
    """Over a connection of its own: what the transaction writes nobody sees until its end.

    The row of the import is not locked before that end, so the two never wait for each other.
    """
    beside = connections.create_connection("default")

    def tell(done: int) -> None:
        with beside.cursor() as cursor:
            cursor.execute(
                "UPDATE offices_officeimport SET done = %s WHERE id = %s", [done, import_id]
            )

    try:
        yield tell
    finally:
        beside.close()
