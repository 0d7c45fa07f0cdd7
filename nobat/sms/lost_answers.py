"""Messages of which nobody knows whether the gateway took them: it is asked by our own id.

The connection may have broken after the message was handed over, or the worker was killed.
What the gateway does not know was not sent, and goes again; it is asked later each time, so
that it will not say so of a message that it is still at. A code is never sent again.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.utils import timezone

from nobat.sms.gateways import SendFailed, SmsGateway, gateways_in_use
from nobat.sms.kinds import Kind
from nobat.sms.models import OutgoingSms, State
from nobat.sms.note import Taken, note_accepted
from nobat.sms.outbox import values_of
from nobat.sms.texts import parts, text_of

logger = logging.getLogger(__name__)

AT_ONCE = 100
MOST_LOST_ANSWERS = 5
ASK_AGAIN_AFTER = timedelta(minutes=1)

_CLAIM = """
UPDATE sms_outgoingsms m SET ask_at = %(again_at)s
-- As an array, chosen once: a plan may run a joined LIMIT again and again, and take more.
WHERE id = ANY (ARRAY(
    SELECT id FROM sms_outgoingsms WHERE state = 'sending' AND ask_at <= %(now)s
    ORDER BY ask_at LIMIT %(most)s FOR NO KEY UPDATE SKIP LOCKED
)) RETURNING m.*
"""


def settle_lost_answers() -> int:
    """Background job: find out about each whose answer is lost; returns how many it did."""
    now = timezone.now()
    _let_late_ones_go(now)
    values = {"now": now, "again_at": now + ASK_AGAIN_AFTER, "most": AT_ONCE}
    lost = list(OutgoingSms.objects.raw(_CLAIM, values))
    known = {gateway.name: gateway for gateway in gateways_in_use()}
    by_gateway: dict[str, list[OutgoingSms]] = {}
    for sms in lost:
        can_be_asked = sms.kind != Kind.CODE and sms.provider in known
        by_gateway.setdefault(sms.provider if can_be_asked else "", []).append(sms)
    _nobody_knows(by_gateway.pop("", []))
    for name, asked in by_gateway.items():
        _ask(known[name], asked, now)
    return len(lost)


def _let_late_ones_go(now: datetime) -> None:
    late = OutgoingSms.objects.filter(state=State.SENDING, not_after__lte=now)
    late.update(state=State.UNKNOWN, ask_at=None, secret=None)


def _ask(gateway: SmsGateway, asked: Sequence[OutgoingSms], now: datetime) -> None:
    try:
        found = gateway.find([sms.pk for sms in asked])
    except SendFailed as failure:
        logger.warning("%s, asked after %d messages: %s", gateway.name, len(asked), failure.reason)
        return  # asked again in a minute
    note = [Taken(sms, found[sms.pk], _parts(sms)) for sms in asked if sms.pk in found]
    if note:
        note_accepted(note)
    missing = [sms for sms in asked if sms.pk not in found]
    _nobody_knows([sms for sms in missing if sms.lost_answers >= MOST_LOST_ANSWERS])
    again = [sms for sms in missing if sms.lost_answers < MOST_LOST_ANSWERS]
    _still_sending(again).update(
        state=State.WAITING, next_try_at=now, ask_at=None, lost_answers=F("lost_answers") + 1
    )


def _nobody_knows(messages: Sequence[OutgoingSms]) -> None:
    _still_sending(messages).update(state=State.UNKNOWN, ask_at=None, secret=None)


def _still_sending(messages: Sequence[OutgoingSms]) -> QuerySet[OutgoingSms]:
    """Its answer may have come after all."""
    return OutgoingSms.objects.filter(pk__in=[sms.pk for sms in messages], state=State.SENDING)


def _parts(sms: OutgoingSms) -> int:
    return parts(text_of(Kind(sms.kind), values_of(sms)))
