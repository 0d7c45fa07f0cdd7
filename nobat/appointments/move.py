"""A citizen takes another hour instead of the one agreed."""

from uuid import UUID

from django.utils import timezone

from nobat.appointments.book import refuse_by_outcome, refuse_impossible_cases
from nobat.appointments.models import Appointment
from nobat.appointments.take_turn import Turn, Wanted, day_of_rules, take_turn
from nobat.shared.rules import RuleBroken


class SameHour(RuleBroken):
    message = "نوبت شما همین حالا هم در این ساعت است. اگر می‌خواهید، ساعت دیگری انتخاب کنید."


def move_appointment(
    *, appointment: Appointment, slot_id: int, service: str, cases: int, key: UUID
) -> Turn:
    """Take the new seats and give the old ones back: all or nothing.

    The tracking code stays; receipts printed before are no longer valid. A move that is
    refused keeps the old hour. Possible until the hour of the appointment, and at any time
    for one that a closure displaced. Raises the refusals of book.py, NotPossibleNow and
    SameHour.
    """
    now = timezone.now()
    refuse_impossible_cases(cases, day_of_rules(slot_id, now))
    refuse_same_hour(appointment, slot_id, service, cases)
    wanted = Wanted(slot_id, service, cases, str(key))
    turn = take_turn(wanted, citizen_id=appointment.citizen_id, now=now, moving_id=appointment.pk)
    if turn.outcome == SameHour.__name__:
        raise SameHour
    refuse_by_outcome(turn, appointment.citizen_id, now)
    return turn


def refuse_same_hour(appointment: Appointment, slot_id: int, service: str, cases: int) -> None:
    """Wants the service of the appointment at hand.

    A displaced one holds no hour: if the office opens again, it may take its own back.
    """
    there = (appointment.held_slot_ids[:1], appointment.service.code, appointment.cases)
    if ([slot_id], service, cases) == there:
        raise SameHour
