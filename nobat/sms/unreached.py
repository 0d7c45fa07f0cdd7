"""Mobiles at which messages did not arrive lately."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from nobat.sms.models import OutgoingSms
from nobat.sms.states import DID_NOT_ARRIVE

REMEMBERED = timedelta(days=30)

_NOTE_REACHED = """
UPDATE sms_outgoingsms earlier SET reached_since = %(now)s
FROM sms_outgoingsms arrived
WHERE arrived.provider = %(provider)s AND arrived.provider_id = ANY (%(ids)s)
  AND arrived.state = 'delivered'
  AND earlier."to" = arrived."to" AND earlier.queued_at < arrived.queued_at
  AND earlier.state IN ('given_up', 'undelivered', 'blocked') AND earlier.reached_since IS NULL
"""


def is_unreached(mobile: str, now: datetime) -> bool:
    """Whether a message to it did not arrive in the last thirty days, and no later one did."""
    return bool(unreached([mobile], now))


def unreached(mobiles: Iterable[str], now: datetime) -> set[str]:
    """Those of the mobiles that are unreached, by one look into an index of the few."""
    lost = OutgoingSms.objects.filter(
        state__in=DID_NOT_ARRIVE, reached_since=None, queued_at__gt=now - REMEMBERED
    )
    return set(lost.filter(to__in=list(mobiles)).values_list("to", flat=True))


def note_reached(provider: str, provider_ids: Sequence[str], now: datetime) -> None:
    """These have arrived: what did not arrive at the same mobiles before says nothing any
    more. Noted with the lost message, as no index leads from a mobile to what arrived."""
    values: dict[str, Any] = {"provider": provider, "ids": list(provider_ids), "now": now}
    with connection.cursor() as cursor:
        cursor.execute(_NOTE_REACHED, values)
