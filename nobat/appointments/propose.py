"""Another hour for somebody whose own a closure took, held until they answer."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection

from nobat.appointments import policy
from nobat.appointments.models import Appointment, Outcome, Proposal, Suspension
from nobat.schedule.hold import hold_seats, release
from nobat.schedule.models import ClosureOrder, Slot
from nobat.shared.jalali import TEHRAN, start_of_day, tehran_day
from nobat.sms.unreached import unreached

_FIND = """
SELECT * FROM free_hours_for(%(appointment)s, %(elsewhere)s, %(reach)s, %(offices)s, %(since)s,
    %(until)s, %(now)s, %(turns)s, %(turns_per_day)s, %(hours)s)
"""
# Somebody may take one of them while we look: a few at once leave one to hold.
TRIED_AT_ONCE = 4
OFFICES_LOOKED_AT = 40
REACH_IN_DEGREES = 1.0  # about 110 km, where every province has a town


class Found(NamedTuple):
    slot_id: int
    second_slot_id: int | None
    starts_at: datetime
    ends_at: datetime
    office_id: int
    metres: float

    @property
    def slot_ids(self) -> list[int]:
        return [self.slot_id] + ([self.second_slot_id] if self.second_slot_id else [])


def propose_other_hours(
    *, appointments: Sequence[Appointment], order: ClosureOrder | None, now: datetime
) -> list[Proposal]:
    """Hold an equal hour for each: at the same office on the next days, else at the nearest
    office with the service, else at the same office later. Who has none is to be called.

    Call it in the transaction that displaces them, once all of their seats are free.
    """
    proposals = [
        Proposal(
            appointment=appointment,
            moves=appointment.moves,
            order=order,
            lost_office=appointment.office,
            lost_starts_at=appointment.starts_at,
        )
        for appointment in appointments
    ]
    _fill(proposals, now)
    return Proposal.objects.bulk_create(proposals)


def propose_once_more(*, proposal: Proposal, now: datetime) -> None:
    """The hour that was proposed has closed, too: another one takes its place, of which
    nobody has told the citizen yet.

    Call it in a transaction that has locked the citizen and the proposal.
    """
    release(kept_for=proposal.appointment_id)
    _fill([proposal], now)
    proposal.called_at = proposal.called_by = None
    proposal.save(force_update=True)


def _fill(proposals: Sequence[Proposal], now: datetime) -> None:
    citizens = [proposal.appointment.citizen for proposal in proposals]
    out_of_reach = unreached([citizen.mobile for citizen in citizens], now)
    weeks = Suspension.objects.filter(citizen__in=citizens).running(now)
    may_not_book = set(weeks.values_list("citizen", flat=True))
    for proposal in proposals:
        citizen = proposal.appointment.citizen
        # Nothing during a week without booking.
        found = None if citizen.pk in may_not_book else _held(proposal.appointment, now)
        _write(proposal, found, now)
        proposal.needs_call = found is None or citizen.mobile in out_of_reach
    slots = Slot.objects.select_related("office").in_bulk(
        [proposal.slot_id for proposal in proposals if proposal.slot_id]
    )
    for proposal in proposals:
        if proposal.slot_id:
            proposal.slot = slots[proposal.slot_id]


def _write(proposal: Proposal, found: Found | None, now: datetime) -> None:
    proposal.made_at = now
    proposal.slot_id = found.slot_id if found else None
    proposal.second_slot_id = found.second_slot_id if found else None
    proposal.starts_at = found.starts_at if found else None
    proposal.ends_at = found.ends_at if found else None
    proposal.metres = round(found.metres) if found else None
    proposal.held_until = held_until(found.starts_at, now) if found else None
    proposal.outcome = _outcome(found, proposal.appointment)


def _outcome(found: Found | None, appointment: Appointment) -> Outcome:
    if found is None:
        return Outcome.NONE
    is_same = found.office_id == appointment.office_id
    return Outcome.SAME_OFFICE if is_same else Outcome.OTHER_OFFICE


def held_until(starts_at: datetime, now: datetime) -> datetime:
    """A day and a half to answer, to the full hour, but no longer than it can be booked."""
    day = tehran_day(starts_at)
    last_day = day - policy.rules_on(day).first_bookable_day
    last_moment = start_of_day(last_day + timedelta(days=1))
    until = (now + policy.PROPOSAL_HELD_FOR).astimezone(TEHRAN)
    return min(until.replace(minute=0, second=0, microsecond=0), last_moment)


def _held(appointment: Appointment, now: datetime) -> Found | None:
    """The best hour of which we could get hold."""
    for found in _candidates(appointment, now):
        until = held_until(found.starts_at, now)
        if hold_seats(slot_ids=found.slot_ids, until=until, kept_for=appointment.pk):
            return found
    return None


def _candidates(appointment: Appointment, now: datetime) -> Iterator[Found]:
    first, last = policy.bookable_days(tehran_day(now))
    first = max(first, min(appointment.day, last))
    soon = min(last, first + policy.SAME_OFFICE_WITHIN)
    yield from _find(appointment, first, soon, now, elsewhere=False)
    yield from _find(appointment, first, last, now, elsewhere=True)
    yield from _find(appointment, soon, last, now, elsewhere=False)


def _find(
    appointment: Appointment, first: date, last: date, now: datetime, *, elsewhere: bool
) -> Iterator[Found]:
    for turns, begins, ends in _stretches(appointment.cases, first, last):
        values: dict[str, Any] = {
            "appointment": appointment.pk,
            "elsewhere": elsewhere,
            "reach": REACH_IN_DEGREES,
            "offices": OFFICES_LOOKED_AT if elsewhere else 1,
            "since": start_of_day(begins),
            "until": start_of_day(ends + timedelta(days=1)),
            "now": now,
            "turns": turns,
            "turns_per_day": policy.TURNS_PER_OFFICE_AND_DAY,
            "hours": TRIED_AT_ONCE,
        }
        with connection.cursor() as cursor:
            cursor.execute(_FIND, values)
            rows = cursor.fetchall()
        yield from (Found(*row) for row in rows)


def _stretches(cases: int, first: date, last: date) -> Iterator[tuple[int, date, date]]:
    """Days in a row on which so many cases take the same number of turns; mostly all of them."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    for turns, same in groupby(days, key=lambda day: policy.turns_for(cases, day)):
        stretch = list(same)
        if turns <= policy.TURNS_IN_A_ROW:
            yield turns, stretch[0], stretch[-1]
