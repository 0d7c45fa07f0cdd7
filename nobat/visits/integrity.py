"""What is always true, counted again from the rows themselves.

Each check finds the rows that break one sentence. Most sentences are also kept by
constraints and locks; this is how we would hear that one of those is not enough.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.models import HOLDS_A_SEAT, Status
from nobat.journal.acts import Act
from nobat.pulse.models import LastCheck
from nobat.shared.reference import is_reference
from nobat.sms.forget import KEPT_FOR
from nobat.sms.models import Kind
from nobat.visits.integrity_sql import CHECKS

logger = logging.getLogger(__name__)

EXAMPLES = 5
REFERENCES_AT_ONCE = 10_000
# Ten million rows are counted in memory rather than in temporary files.
ROOM_TO_COUNT = "128MB"
# An SMS of these kinds names its appointment by the tracking code.
TOLD_OF_AN_APPOINTMENT = [
    Kind.BOOKED.value,
    Kind.MOVED.value,
    Kind.CANCELLED.value,
    Kind.REMINDER.value,
    Kind.NO_SHOW.value,
    Kind.EXCUSED.value,
    Kind.OFFICE_CLOSED.value,
]
_COUNT = (
    "SELECT count(*), coalesce((array_agg(id ORDER BY id))[:%(examples)s], '{{}}')"
    " FROM ({}) AS broken (id)"
)


class Finding(NamedTuple):
    sentence: str
    rows: int  # that break it
    examples: list[int]  # ids of some of them

    def __str__(self) -> str:
        if not self.rows:
            return f"ok      {self.sentence}"
        return f"BROKEN  {self.sentence}: {self.rows} rows, e.g. {self.examples}"


def check_integrity() -> list[Finding]:
    """Every sentence with what breaks it, all seen at one moment while bookings go on."""
    with _one_moment() as cursor:
        return list(findings(cursor))


def report_what_is_broken() -> int:
    """Background job: tell of each broken sentence in the log; their number is kept."""
    broken = [finding for finding in check_integrity() if finding.rows]
    for finding in broken:
        logger.error("%s", finding)
    found = {"at": timezone.now(), "broken": len(broken)}
    LastCheck.objects.update_or_create(name="integrity", defaults=found)
    return len(broken)


def findings(cursor: CursorWrapper) -> Iterator[Finding]:
    now = timezone.now()
    values: dict[str, Any] = {
        "holds_a_seat": HOLDS_A_SEAT,
        "now": now,
        "ledger_since": now - KEPT_FOR,
        "turns_since": now - settings.KEPT.appointments,
        "no_show": Status.NO_SHOW.value,
        "turns_per_day": policy.TURNS_PER_OFFICE_AND_DAY,
        "cases_per_turn": policy.CASES_PER_TURN,
        "week": policy.WEEK_WITHOUT_BOOKING.days,
        "comes_back_within": policy.SEAT_COMES_BACK_AFTER[1],
        # States that begin with an act of the same name.
        "told_states": [status for status in Status.values if status in Act.values],
        "told_kinds": TOLD_OF_AN_APPOINTMENT,
        "examples": EXAMPLES,
    }
    for sentence, broken_rows in CHECKS.items():
        cursor.execute(_COUNT.format(broken_rows), values)
        rows, examples = cursor.fetchone()
        yield Finding(sentence, rows, examples)
    yield _wrong_references(cursor)


def _wrong_references(cursor: CursorWrapper) -> Finding:
    cursor.execute("SELECT id, reference FROM appointments_appointment ORDER BY id")
    wrong = []
    while rows := cursor.fetchmany(REFERENCES_AT_ONCE):
        wrong += [pk for pk, reference in rows if not is_reference(reference)]
    return Finding("every tracking code has a right check digit", len(wrong), wrong[:EXAMPLES])


@contextmanager
def _one_moment() -> Iterator[CursorWrapper]:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT set_config('work_mem', %s, true)", [ROOM_TO_COUNT])
        yield cursor
