"""`python -m drill.inside.compare before FILE`, `… after FILE LEDGER`: is it as people were told?

Prints what is lost, what is oversold, and everything else that does not agree.
"""

import json
import sys
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.utils import timezone

from drill.history.check import Before, findings
from drill.ledger import Told, read
from drill.places import VAR
from drill.promises import Found, Kept, doubled, lost

LONGEST_DRILL = timedelta(days=1)
_REFERENCES = "SELECT reference FROM appointments_appointment"
_OVERSOLD = """
SELECT count(*) FROM schedule_slot s LEFT JOIN (
    SELECT seat_in, count(*) AS seats FROM appointments_appointment a
    CROSS JOIN unnest(ARRAY[a.slot_id, a.second_slot_id]) AS seat_in
    WHERE a.status IN ('booked', 'checked_in') AND seat_in IS NOT NULL GROUP BY seat_in
) h ON h.seat_in = s.id
WHERE s.taken > s.capacity OR s.taken <> coalesce(h.seats, 0)
"""


def main() -> None:
    when, file = sys.argv[1], Path(sys.argv[2])
    if when == "before":
        file.write_text(json.dumps(before()), encoding="utf-8")
        return
    told = read(Path(sys.argv[3]))
    was = Before.from_json(json.loads(file.read_text(encoding="utf-8")))
    found = after(was)
    answer = {
        # Also what an earlier fault's people were told, and this one has taken.
        "lost": len(lost(all_told(), found)),
        "oversold": rows(_OVERSOLD)[0][0],
        "wrong": [*lost(all_told(), found), *doubled(told, found), *findings(told, was, found)],
    }
    print(json.dumps(answer))


def all_told() -> list[Told]:
    return [each for ledger in sorted(VAR.glob("ledger-*.jsonl")) for each in read(ledger)]


def before() -> dict[str, object]:
    """What stands there before anybody acts: hours, seats that are kept, turns of citizens."""
    return {
        "slots": rows(
            "SELECT id, offered, taken, office_id, day::text, extract(epoch FROM starts_at)::float,"
            " extract(epoch FROM ends_at)::float FROM schedule_slot WHERE day >= %s",
            timezone.now() - LONGEST_DRILL,
        ),
        "references": [code for (code,) in rows(_REFERENCES)],
        "held": rows(
            "SELECT a.reference, a.citizen_id, a.slot_id FROM appointments_appointment a"
            " WHERE a.status = 'booked'"
        ),
        "kept": rows(
            "SELECT h.slot_id, extract(epoch FROM h.until)::float, a.reference"
            " FROM schedule_hold h JOIN appointments_appointment a ON a.id = h.kept_for"
        ),
        "suspended": rows(
            "SELECT citizen_id, extract(epoch FROM until)::float FROM appointments_suspension"
            " WHERE ended_at IS NULL"
        ),
    }


def after(was: Before) -> Found:
    appointments = {
        reference: Kept(citizen, slot, status)
        for reference, citizen, slot, status in rows(
            "SELECT reference, citizen_id, slot_id, status FROM appointments_appointment"
        )
    }
    by_key = rows(
        "SELECT r.key::text, a.reference FROM appointments_turnrequest r"
        " JOIN appointments_appointment a ON a.id = r.appointment_id"
    )
    return Found(appointments, dict(by_key), frozenset(appointments.keys() - was.references))


def rows(question: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, values or None)
        return cursor.fetchall()


if __name__ == "__main__":
    main()
