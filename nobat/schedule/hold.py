"""Keeping a seat for somebody until a moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from nobat.schedule.models import Hold

# Long after its time nobody asks for a hold any more.
KEPT_AFTER_ITS_TIME = timedelta(days=1)
# By hand, because thousands wait for it when a province closes.
_LOCK = """
SELECT id FROM schedule_slot WHERE id = ANY (%(slots)s) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
"""
_HOLD = """
WITH free AS (
    SELECT s.id FROM schedule_slot s
    WHERE s.id = ANY (%(slots)s) AND slot_is_free(s, %(now)s, %(for)s)
), kept AS (
    SELECT id FROM free WHERE (SELECT count(*) FROM free) = cardinality(%(slots)s)
), noted AS (
    UPDATE schedule_slot SET held_until = greatest(held_until, %(until)s)
    WHERE id IN (SELECT id FROM kept)
)
INSERT INTO schedule_hold (slot_id, until, kept_for) SELECT id, %(until)s, %(for)s FROM kept
-- It may have left this very slot some minutes ago.
ON CONFLICT ON CONSTRAINT an_appointment_is_held_a_seat_once DO UPDATE SET until = excluded.until
"""
_KEEP_GIVEN_BACK = """
WITH noted AS (
    UPDATE schedule_slot SET held_until = greatest(held_until, %(until)s)
    WHERE id = ANY (%(slots)s) AND is_open
    RETURNING id
)
INSERT INTO schedule_hold (slot_id, until, kept_for) SELECT id, %(until)s, %(for)s FROM noted
-- It may have moved away from here, and back, some minutes ago.
ON CONFLICT ON CONSTRAINT an_appointment_is_held_a_seat_once DO UPDATE SET until = excluded.until
"""


def hold_seats(*, slot_ids: Sequence[int], until: datetime, kept_for: int) -> bool:
    """Keep one seat in each of the slots, or in none if one of them has no seat to give.

    Call it inside a transaction. A slot that somebody else has locked counts as full: who
    holds other locks already must not wait for it.
    """
    slots = {"slots": sorted(slot_ids)}
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, slots)
        if len(cursor.fetchall()) < len(slot_ids):
            return False
        # Asked once more under the lock, which sees every hold there is.
        cursor.execute(_HOLD, slots | {"until": until, "for": kept_for, "now": timezone.now()})
        return cursor.rowcount == len(slot_ids)


def keep_given_back(*, slot_ids: Sequence[int], until: datetime, given_back_by: int) -> None:
    """A seat in each of the slots, which this appointment has just left, stays free for nobody
    until then.

    Call it in the transaction that gave them back, which has locked the slots.
    """
    values: dict[str, Any] = {"slots": sorted(slot_ids), "until": until, "for": given_back_by}
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_GIVEN_BACK, values)


def keep_no_longer_than(until: datetime, *, kept_for: int) -> None:
    """What was kept for this appointment is free for others from then on, if not before."""
    Hold.objects.filter(kept_for=kept_for, until__gt=until).update(until=until)


def release(*, kept_for: int) -> None:
    """Nobody needs any more what was kept for this appointment."""
    Hold.objects.filter(kept_for=kept_for).delete()


def forget_lapsed_holds() -> int:
    """Background job: drop what lapsed long ago. Nothing depends on it."""
    return Hold.objects.filter(until__lt=timezone.now() - KEPT_AFTER_ITS_TIME).delete()[0]
