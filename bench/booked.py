"""Turns that were taken before: nothing is measured on the empty tables of a first day."""

from datetime import date
from typing import Any

from django.utils import timezone

from nobat.appointments import policy
from nobat.shared.jalali import tehran_day
from nobat.shared.reference import new_reference

AT_ONCE = 5000
_TAKE = """
SELECT count(*) FROM (
    SELECT row_number() OVER () AS number, id FROM (
        SELECT id FROM schedule_slot WHERE day BETWEEN %(first_day)s AND %(last_day)s
        ORDER BY random() LIMIT %(count)s
    ) chosen
) slot
JOIN (
    SELECT row_number() OVER () AS number, person_id FROM (
        SELECT person_id FROM people_session WHERE second_factor_at IS NULL
        ORDER BY random() LIMIT %(count)s
    ) chosen
) citizen USING (number)
JOIN unnest(%(codes)s::text[], %(other_codes)s::text[]) WITH ORDINALITY
    AS code (first, second, number) USING (number)
CROSS JOIN LATERAL take_turn(
    citizen.person_id, slot.id, 1, %(service)s, 1::smallint, gen_random_uuid(), NULL,
    ARRAY[code.first, code.second],
    now(), %(first_day)s, %(last_day)s, %(turns_per_day)s
)
WHERE outcome = 'Booked'
"""


def bookable_days() -> tuple[date, date]:
    """The first and the last of them, as whoever books today is asked."""
    return policy.bookable_days(tehran_day(timezone.now()))


def take_turns(cursor: Any, count: int, *, service: str) -> int:
    """So many turns of random citizens at random hours, through take_turn as all others.

    Returns how many were taken: some hours are full by then, some citizens are elsewhere.
    """
    first, last = bookable_days()
    taken = 0
    for begin in range(0, count, AT_ONCE):
        number = min(count - begin, AT_ONCE)
        values = {
            "first_day": first,
            "last_day": last,
            "count": number,
            "codes": [new_reference() for _ in range(number)],
            "other_codes": [new_reference() for _ in range(number)],
            "service": service,
            "turns_per_day": policy.TURNS_PER_OFFICE_AND_DAY,
        }
        cursor.execute(_TAKE, values)
        taken += cursor.fetchone()[0]
    return taken
