"""Standing in line at an opening: by lot for who came before it, then in order of arrival."""

from datetime import datetime, timedelta
from random import SystemRandom
from typing import NamedTuple

from django.core import signing
from django.db import connection, transaction
from django.utils import timezone

from nobat.appointments.models import WaitingPlace
from nobat.appointments.opening import Opening
from nobat.shared.rules import RuleBroken

KEPT_FOR = timedelta(days=1)
_SALT = "nobat.appointments.waiting_room"
_STAND = """
INSERT INTO appointments_waitingplace (opening, citizen_id, draw) VALUES (%s, %s, %s)
ON CONFLICT (opening, citizen_id) WHERE used_at IS NULL DO NOTHING
"""
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
# Whoever has no number yet stands behind the last who has one.
_NUMBER = """
UPDATE appointments_waitingplace place SET number = waiting.number FROM (
    SELECT id, row_number() OVER (ORDER BY draw, id) + coalesce((
        SELECT max(number) FROM appointments_waitingplace WHERE opening = %(opening)s), 0) AS number
    FROM appointments_waitingplace WHERE opening = %(opening)s AND number IS NULL
) waiting WHERE place.id = waiting.id
"""


class NoTicket(RuleBroken):
    """None at all, or one of an opening that is over."""

    status = 403
    message = "برای گرفتن نوبت، اکنون باید در صف بایستید. به اتاق انتظار بروید."


class ForeignTicket(RuleBroken):
    """Not signed by us, or of another account."""

    status = 403
    message = "این شمارهٔ انتظار از شما نیست. به اتاق انتظار بروید تا شمارهٔ خودتان را بگیرید."


class NotYet(RuleBroken):
    status = 403
    message = "هنوز نوبت ورود شما نرسیده است. جای شما در صف محفوظ است؛ به اتاق انتظار برگردید."


class TicketUsed(RuleBroken):
    message = (
        "شمارهٔ انتظار شما به کار رفته است. با هر شماره یک نوبت می‌گیرید؛ برای نوبت دیگر دوباره در "
        "صف بایستید."
    )


class Ticket(NamedTuple):
    opening_at: float  # seconds since 1970
    citizen_id: int
    number: int

    def signed(self) -> str:
        return signing.dumps(self, salt=_SALT)


def stand_in_line(*, citizen_id: int, opening: Opening, now: datetime) -> int | None:
    """The citizen's number; None before the opening, when it is not known yet.

    However often and from however many devices it is asked, it stays the same, until it
    has been used.
    """
    place, number = _place(citizen_id, opening)
    if place is None:
        with connection.cursor() as cursor:
            cursor.execute(_STAND, [opening.at, citizen_id, _draw(opening, now)])
    if number is None and now >= opening.at:
        _give_numbers(opening)
        _, number = _place(citizen_id, opening)
    return number


def read_ticket(text: str, *, citizen_id: int, opening: Opening, now: datetime) -> Ticket:
    """Asks no database. Raises NoTicket, ForeignTicket or NotYet."""
    if not text:
        raise NoTicket
    try:
        ticket = Ticket(*signing.loads(text, salt=_SALT))
    except signing.BadSignature:
        raise ForeignTicket from None
    if ticket.citizen_id != citizen_id:
        raise ForeignTicket
    if ticket.opening_at != opening.at.timestamp():
        raise NoTicket
    if ticket.number > opening.admitted(now):
        raise NotYet
    return ticket


def use_ticket(ticket: Ticket, now: datetime) -> None:
    """Call it in the transaction that takes the seat. Raises TicketUsed."""
    opening_at = datetime.fromtimestamp(ticket.opening_at, tz=now.tzinfo)
    place = WaitingPlace.objects.filter(opening=opening_at, number=ticket.number, used_at=None)
    if not place.update(used_at=now):
        raise TicketUsed


def forget_old_places() -> int:
    """Background job: drop those of openings that are long over."""
    return WaitingPlace.objects.filter(opening__lt=timezone.now() - KEPT_FOR).delete()[0]


def _place(citizen_id: int, opening: Opening) -> tuple[int | None, int | None]:
    own = WaitingPlace.objects.filter(opening=opening.at, citizen=citizen_id, used_at=None)
    return own.values_list("pk", "number").first() or (None, None)


def _draw(opening: Opening, now: datetime) -> float:
    if now < opening.at:
        return SystemRandom().random()
    return 1 + (now - opening.at).total_seconds()


def _give_numbers(opening: Opening) -> None:
    """The first one after the opening gives them to all who waited, all others to themselves."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [f"{_SALT}:{opening.at.timestamp()}"])
        # A statement of its own: it sees what was committed while we waited for the lock.
        cursor.execute(_NUMBER, {"opening": opening.at})
