"""A citizen takes another hour instead of the one agreed."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.book import refuse_by_outcome, refuse_impossible_cases
from nobat.appointments.models import Appointment, Status
from nobat.appointments.take_turn import Turn, Wanted, day_of_rules, take_turn
from nobat.people import throttle
from nobat.people.throttle import Limit, TooOften
from nobat.shared.persian import in_words
from nobat.shared.rules import RuleBroken

# Each move keeps the hour that it leaves from everybody for some minutes (decision 37).
MOVES = Limit(
    "moves of a citizen",
    policy.MOVES_PER_HOUR,
    timedelta(hours=1),
    f"در این ساعت {in_words(policy.MOVES_PER_HOUR)} بار نوبت جابه‌جا کرده‌اید. ساعتی که از آن "
    "می‌روید تا چند دقیقه به کسی نمی‌رسد؛ پس جابه‌جایی اندازه دارد. حذف نوبت همین حالا هم آزاد "
    "است؛ برای جابه‌جایی،",
)


class SameHour(RuleBroken):
    message = "نوبت شما همین حالا هم در این ساعت است. اگر می‌خواهید، ساعت دیگری انتخاب کنید."


def move_appointment(
    *, appointment: Appointment, slot_id: int, service: str, cases: int, key: UUID
) -> Turn:
    """Take the new seats and give the old ones back: all or nothing.

    The tracking code stays; receipts printed before are no longer valid. A move that is
    refused keeps the old hour, and is not counted. Possible until the hour of the
    appointment, and at any time and however often for one that a closure displaced. Raises
    the refusals of book.py, NotPossibleNow, SameHour and TooOften.
    """
    now = timezone.now()
    refuse_impossible_cases(cases, day_of_rules(slot_id, now))
    refuse_same_hour(appointment, slot_id, service, cases)
    wanted = Wanted(slot_id, service, cases, str(key))
    citizen_id = appointment.citizen_id
    with transaction.atomic():
        leaves_an_hour = not _is_displaced(appointment)
        turn = take_turn(wanted, citizen_id=citizen_id, now=now, moving_id=appointment.pk)
        if turn.outcome == SameHour.__name__:
            raise SameHour
        refuse_by_outcome(turn, citizen_id, now)
        if turn.outcome == "Moved" and leaves_an_hour:
            throttle.count_within([(MOVES, str(citizen_id))], now)
    return turn


def refuse_one_move_more(appointment: Appointment, now: datetime) -> None:
    """Say before an hour is chosen what moving to it would answer. Raises TooOften."""
    if appointment.status == Status.DISPLACED:
        return
    if throttle.so_far(MOVES, str(appointment.citizen_id), now) >= MOVES.most:
        raise TooOften(MOVES, throttle.end_of(MOVES, now), now)


def refuse_same_hour(appointment: Appointment, slot_id: int, service: str, cases: int) -> None:
    """Wants the service of the appointment at hand.

    A displaced one holds no hour: if the office opens again, it may take its own back.
    """
    there = (appointment.held_slot_ids[:1], appointment.service.code, appointment.cases)
    if ([slot_id], service, cases) == there:
        raise SameHour


def _is_displaced(appointment: Appointment) -> bool:
    """A closure took its hour, and another window has not taken a new one meanwhile."""
    if appointment.status != Status.DISPLACED:
        return False
    appointment.citizen.lock()  # from here on no other move of this person can end it
    return Appointment.objects.filter(pk=appointment.pk, status=Status.DISPLACED).exists()
