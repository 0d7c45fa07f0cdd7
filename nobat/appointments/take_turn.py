"""Calling take_turn.sql: the one way in which a seat is taken."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from nobat.appointments import policy
from nobat.schedule.models import Slot
from nobat.shared.jalali import tehran_day
from nobat.shared.reference import new_reference

CALL = (
    "SELECT outcome, appointment_id, reference FROM take_turn("
    "%s, %s, %s, %s, %s::smallint, %s, %s, %s::text[], %s, %s, %s, %s)"
)
# Of a billion codes some are taken: five at once leave no doubt that one is free.
CODES_TRIED = 5


class Turn(NamedTuple):
    """What take_turn answered. Both names are None after a refusal."""

    outcome: str  # Booked, Moved, Repeated, or the class name of a refusal
    appointment_id: int | None
    reference: str | None


def take_turn(
    *,
    citizen_id: int,
    slot_id: int,
    service: str,
    cases: int,
    key: UUID,
    now: datetime,
    moving_id: int | None = None,
) -> Turn:
    """One round trip: the checks, the seats, the row, the journal and the SMS.

    How many turns a day may have is asked there, by the day of the slot.
    """
    first_day, last_day = policy.bookable_days(tehran_day(now))
    with connection.cursor() as cursor:
        cursor.execute(
            CALL,
            [
                citizen_id,
                slot_id,
                policy.turns_for(cases, day_of_rules(slot_id, now)),
                service,
                cases,
                key,
                moving_id,
                [new_reference() for _ in range(CODES_TRIED)],
                now,
                first_day,
                last_day,
                policy.TURNS_PER_OFFICE_AND_DAY,
            ],
        )
        return Turn(*cursor.fetchone())


def day_of_rules(slot_id: int, now: datetime) -> date:
    """A day by whose rules a turn in this slot is judged: the slot's own.

    Asked only while the number of cases of a turn changes within the days that can be
    booked; until then any of these days will do, so that booking stays one statement.
    """
    first, last = policy.bookable_days(tehran_day(now))
    if policy.one_turn_takes_the_same(first, last):
        return first
    slot = Slot.objects.filter(pk=slot_id).only("day").first()
    return slot.day if slot else first
