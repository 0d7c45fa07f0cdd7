"""Calling take_turn.sql: the one way in which a seat is taken."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from nobat.appointments import policy
from nobat.people.hashing import mark_of_the_secret_key
from nobat.people.sessions import STAFF_IDLE_FOR
from nobat.schedule.models import Slot
from nobat.shared.jalali import tehran_day
from nobat.shared.prepared import prepared_cursor
from nobat.shared.reference import new_reference

_HOUR = "%(slot)s, %(turns)s, %(service)s, %(cases)s::smallint, %(key)s"
_RULES = "%(references)s, %(now)s, %(first_day)s, %(last_day)s, %(turns_per_day)s"
_TURN_OF = "SELECT outcome, appointment_id, reference FROM "
_TAKE_TURN = f"{_TURN_OF} take_turn(%(citizen)s, {_HOUR}, %(moving)s, {_RULES}, %(free)s)"
_WHO = "%(session)s, %(mark)s, %(staff_seen_after)s"
_IN_SESSION = f"{_TURN_OF} take_turn_in_session({_WHO}, {_HOUR}, {_RULES})"
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
    key: UUID


def take_turn(
    wanted: Wanted, *, citizen_id: int, now: datetime, moving_id: int | None = None
) -> Turn:
    """One round trip: the checks, the seats, the row, the journal and the SMS.

    How many turns a day may have is asked there, by the day of the slot.
    """
    values = _values(wanted, now) | {"citizen": citizen_id, "moving": moving_id}
    values["free"] = policy.seat_comes_back_at(now).isoformat() if moving_id else None
    with prepared_cursor() as cursor:
        cursor.execute(_TAKE_TURN, values)
        return Turn(*cursor.fetchone())


def take_turn_in_session(wanted: Wanted, *, session_key: str, now: datetime) -> Turn | None:
    """The same for whoever is signed in with this session, still in one round trip.

    None, and nothing was asked: nobody is, or has to wait until asking again (attempt.py).
    """
    values = _values(wanted, now) | {
        "session": session_key,
        "mark": mark_of_the_secret_key(),
        "staff_seen_after": (now - STAFF_IDLE_FOR).isoformat(),
    }
    with prepared_cursor() as cursor:
        cursor.execute(_IN_SESSION, values)
        turn = Turn(*cursor.fetchone())
    return turn if turn.outcome else None


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


def _values(wanted: Wanted, now: datetime) -> dict[str, str | int | None]:
    """As text, which the driver passes on as it is: half of what binding them would cost."""
    first_day, last_day = policy.bookable_days(tehran_day(now))
    return {
        "slot": wanted.slot_id,
        "turns": policy.turns_for(wanted.cases, day_of_rules(wanted.slot_id, now)),
        "service": wanted.service,
        "cases": wanted.cases,
        "key": str(wanted.key),
        "references": f"{{{','.join(new_reference() for _ in range(CODES_TRIED))}}}",
        "now": now.isoformat(),
        "first_day": first_day.isoformat(),
        "last_day": last_day.isoformat(),
        "turns_per_day": policy.TURNS_PER_OFFICE_AND_DAY,
    }
