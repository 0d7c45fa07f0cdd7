"""Calling take_turn.sql: the one way in which a seat is taken."""

from datetime import date, datetime
from typing import NamedTuple

from nobat.appointments import policy
from nobat.people.hashing import mark_of_the_secret_key
from nobat.people.sessions import STAFF_IDLE_FOR
from nobat.schedule.models import Slot
from nobat.shared.counts import count_turn
from nobat.shared.jalali import tehran_day
from nobat.shared.prepared import first_row, prepared_cursor
from nobat.shared.reference import new_reference

_HOUR = "%(slot)s, %(turns)s, %(service)s, %(cases)s::smallint, %(key)s"
_RULES = "%(references)s, %(now)s, %(first_day)s, %(last_day)s, %(turns_per_day)s"
_TURN_OF = "SELECT outcome, appointment_id, reference FROM "
_TAKE_TURN = f"{_TURN_OF} take_turn(%(citizen)s, {_HOUR}, %(moving)s, {_RULES}, %(free)s)"
_IN_SESSION = f"{_TURN_OF} take_turn_in_session({', '.join(f'${n}' for n in range(1, 14))})"
# Of a billion codes some are taken: five at once leave no doubt that one is free.
CODES_TRIED = 5


class Turn(NamedTuple):
    """What take_turn answered. Both names are None after a refusal."""

    outcome: str  # Booked, Moved, Repeated, or the class name of a refusal
    appointment_id: int | None
    reference: str | None


class Wanted(NamedTuple):
    """What a citizen asks for."""

    slot_id: int
    service: str  # its code
    cases: int
    key: str  # a UUID


def take_turn(
    wanted: Wanted, *, citizen_id: int, now: datetime, moving_id: int | None = None
) -> Turn:
    """One round trip: the checks, the seats, the row, the journal and the SMS.

    How many turns a day may have is asked there, by the day of the slot.
    """
    values = {
        **_values(wanted, now),
        "citizen": citizen_id,
        "moving": moving_id,
        "free": policy.seat_comes_back_at(now).isoformat() if moving_id else None,
    }
    with prepared_cursor() as cursor:
        cursor.execute(_TAKE_TURN, values)
        turn = Turn(*cursor.fetchone())
    count_turn(turn.outcome)
    return turn


def take_turn_in_session(wanted: Wanted, *, session_key: str, now: datetime) -> Turn | None:
    """The same for whoever is signed in with this session, still in one round trip.

    None, and nothing was asked: nobody is, or has to wait until asking again (attempt.py), or
    nobody may have so many cases. It opens no connection: see first_row().
    """
    values = _values(wanted, now)
    if int(values["turns"]) > policy.TURNS_IN_A_ROW:
        return None
    who = [session_key, mark_of_the_secret_key(), (now - STAFF_IDLE_FOR).isoformat()]
    outcome, appointment_id, reference = first_row(_IN_SESSION, [*who, *values.values()])
    if not outcome:
        return None
    count_turn(outcome)
    return Turn(outcome, int(appointment_id or 0) or None, reference)


def day_of_rules(slot_id: int, now: datetime) -> date:
    """A day by whose rules a turn in this slot is judged: the slot's own.

    Asked only while the number of cases of a turn changes within the days that can be
    booked; until then any of these days will do, so that booking stays one statement.
    """
    return _day_of_rules(slot_id, *policy.bookable_days(tehran_day(now)))


def _day_of_rules(slot_id: int, first: date, last: date) -> date:
    if policy.one_turn_takes_the_same(first, last):
        return first
    slot = Slot.objects.filter(pk=slot_id).only("day").first()
    return slot.day if slot else first


def _values(wanted: Wanted, now: datetime) -> dict[str, str]:
    """As text, in the order of take_turn: binding them otherwise costs twice as much."""
    first_day, last_day = policy.bookable_days(tehran_day(now))
    turns = policy.turns_for(wanted.cases, _day_of_rules(wanted.slot_id, first_day, last_day))
    return {
        "slot": str(wanted.slot_id),
        "turns": str(turns),
        "service": wanted.service,
        "cases": str(wanted.cases),
        "key": wanted.key,
        "references": f"{{{','.join(new_reference() for _ in range(CODES_TRIED))}}}",
        "now": now.isoformat(),
        "first_day": first_day.isoformat(),
        "last_day": last_day.isoformat(),
        "turns_per_day": str(policy.TURNS_PER_OFFICE_AND_DAY),
    }
