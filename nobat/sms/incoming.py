"""Messages from phones to us: each is kept once, whoever hands it over and however often."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from nobat.shared.iranian_mobile import iranian_mobile
from nobat.shared.sealed import digest
from nobat.sms.gateways import Incoming, SendFailed, SmsGateway, gateways_in_use
from nobat.sms.models import IncomingSms

logger = logging.getLogger(__name__)

LONGEST_TEXT = 700
LONGEST_SENDER = 16
LONGEST_ID = 64
OLDEST = timedelta(days=30)  # no provider keeps a message for as long
TEXT_KEPT_FOR = settings.KEPT.incoming_texts

_KEEP = """
INSERT INTO sms_incomingsms
    (provider, provider_id, sender, text, received_at, understood, about, result)
SELECT %(provider)s, m.provider_id, m.sender, m.text, m.received_at, '', '', ''
FROM unnest(%(ids)s::text[], %(senders)s::text[], %(texts)s::text[], %(moments)s::timestamptz[])
    AS m (provider_id, sender, text, received_at)
ON CONFLICT (provider, provider_id) DO NOTHING
"""


def receive_sms(provider: str, messages: Iterable[Incoming]) -> int:
    """Keep each message once, in any order, any number of times; returns how many are new.

    The sender becomes E.164 where it is an Iranian mobile; any other stays as it is. A
    message to which the provider gives no id is the same one again if sender, text and
    minute are.
    """
    now = timezone.now()
    kept = [_as_kept(provider, message, now) for message in messages]
    values: dict[str, Any] = {
        "provider": provider,
        "ids": [row.provider_id for row in kept],
        "senders": [row.sender for row in kept],
        "texts": [row.text for row in kept],
        "moments": [row.received_at for row in kept],
    }
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, values)
        return cursor.rowcount


def collect_sms() -> int:
    """Background job: take what gateways keep for us until they are asked; returns how many
    messages are new. Only where our line can receive (SMS_ANSWERS)."""
    if not settings.SMS_ANSWERS:
        return 0
    return sum(_collect(gateway) for gateway in gateways_in_use())


def forget_texts_of_incoming_sms() -> int:
    """Background job: what was written is wiped after a month; what it asked for stays."""
    old = IncomingSms.objects.filter(received_at__lt=timezone.now() - TEXT_KEPT_FOR)
    return old.exclude(text="").update(text="")


def that_one_may_answer() -> dict[str, object]:
    """What a text of texts.py is given so that it says so, where our line can receive."""
    return {"reply": "1"} if settings.SMS_ANSWERS else {}


def storable(text: str) -> str:
    """Without what no database keeps: NUL, and halves of letters out of broken JSON."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def _collect(gateway: SmsGateway) -> int:
    try:
        return receive_sms(gateway.name, gateway.collect())
    except SendFailed as failure:
        logger.warning("%s, asked for messages: %s", gateway.name, failure.reason)
        return 0


def _as_kept(provider: str, message: Incoming, now: datetime) -> IncomingSms:
    sender = storable(message.sender).strip()
    sms = IncomingSms(
        provider=provider,
        provider_id=storable(message.provider_id),
        sender=iranian_mobile(sender) or sender[:LONGEST_SENDER],
        text=storable(message.text)[:LONGEST_TEXT],
        received_at=_moment(message.at, now),
    )
    if not 0 < len(sms.provider_id) <= LONGEST_ID:
        sms.provider_id = _own_id_of(sms)
    return sms


def _moment(at: datetime | None, now: datetime) -> datetime:
    """Ours, if the provider's clock is ahead, or tells what cannot be."""
    return at if at and now - OLDEST < at < now else now


def _own_id_of(sms: IncomingSms) -> str:
    """The same each time for the same message; it tells nobody the number."""
    said = sms.provider_id or f"{sms.sender}\0{sms.text}\0{sms.received_at:%Y-%m-%d %H:%M}"
    return digest(f"{sms.provider}\0{said}", "sms.IncomingSms.provider_id")
