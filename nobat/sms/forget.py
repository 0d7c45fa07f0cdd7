"""The ledger is kept for half a year, then forgotten: what was said to whom concerns nobody."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.utils import timezone

KEPT_FOR = settings.KEPT.sms
# One statement holds its rows for some milliseconds; what is left waits for the next run.
AT_ONCE, MOST_BATCHES = 1_000, 50

# Rows lie in the order of these moments: the index on them leads to the few pages at the
# beginning. What is still to be sent stays, however old; nothing should be.
_FORGET = {
    "sms_outgoingsms": "queued_at < %s AND state NOT IN ('waiting', 'sending')",
    "sms_incomingsms": "received_at < %s",
}


def forget_old_sms() -> int:
    """Background job: delete messages of both ways in small steps; how many went."""
    return sum(sum(_forgotten(table, which)) for table, which in _FORGET.items())


def _forgotten(table: str, which: str) -> Iterator[int]:
    statement = (
        f"DELETE FROM {table} WHERE id = ANY (ARRAY("  # noqa: S608 (both are of this file)
        f"SELECT id FROM {table} WHERE {which} LIMIT %s FOR UPDATE SKIP LOCKED))"
    )
    oldest = timezone.now() - KEPT_FOR
    for _ in range(MOST_BATCHES):
        with connection.cursor() as cursor:
            cursor.execute(statement, [oldest, AT_ONCE])
            yield cursor.rowcount
            if cursor.rowcount < AT_ONCE:
                return
