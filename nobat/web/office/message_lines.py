"""The messages about an appointment, as its office sees them: masked, and what came of each."""

from datetime import datetime
from typing import Any, NamedTuple

from nobat.appointments.models import Appointment, Status
from nobat.sms.ledger import Line, lines_about
from nobat.sms.models import NOT_REACHED, IncomingSms, OutgoingSms

_CAME_OF = {
    "cancelled": "نوبت حذف شد",
    "accepted": "پیشنهاد پذیرفته شد",
    "told": "پاسخ داده شد",
    "TooOften": "پاسخی فرستاده نشد؛ این شماره در ساعت گذشته بارها پیامک داده بود",
}
REFUSED = "انجام نشد؛ دلیلش با پیامک گفته شد"
# Whoever has one of these may still count on a message.
_MATTERS_TO = (Status.BOOKED, Status.DISPLACED)


class Shown(NamedTuple):
    at: datetime
    sms: OutgoingSms | None
    incoming: IncomingSms | None
    text: str
    came_of: str  # an incoming message


def message_lines(appointment: Appointment, now: datetime) -> dict[str, Any]:
    """What office/_messages.html shows; wants the citizen at hand."""
    lines = lines_about(appointment.reference)
    newest = next((line.sms for line in lines if line.sms), None)
    is_lost = newest is not None and newest.state in NOT_REACHED
    return {
        "appointment": appointment,
        "now": now,
        "message_lines": [Shown(*line, _came_of(line)) for line in lines],
        "messages_lost": is_lost and appointment.status in _MATTERS_TO,
    }


def _came_of(line: Line) -> str:
    result = line.incoming.result if line.incoming else ""
    return _CAME_OF.get(result, REFUSED) if result else ""
