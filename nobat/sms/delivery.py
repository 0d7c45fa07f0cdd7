"""What became of messages after the provider took them: it tells us, and we ask."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from nobat.sms.gateways import SendFailed, SmsGateway, gateways_in_use
from nobat.sms.models import OutgoingSms, State
from nobat.sms.unreached import note_reached

logger = logging.getLogger(__name__)

AT_ONCE = 100  # as many as every provider answers in one request
# Providers forget after a day; what has not been reported by then stays "sent".
REPORTED_WITHIN = timedelta(hours=24)
SOONEST_ASKED_AGAIN = timedelta(minutes=2)

_CLAIM = """
UPDATE sms_outgoingsms m SET ask_at = CASE
    WHEN m.sent_at > %(too_old)s THEN %(now)s + greatest(%(soonest)s, %(now)s - m.sent_at) END
-- As an array, chosen once: a plan may run a joined LIMIT again and again, and take more.
WHERE id = ANY (ARRAY(
    SELECT id FROM sms_outgoingsms
    WHERE ask_at <= %(now)s AND state = 'sent' AND provider = %(provider)s
    ORDER BY ask_at LIMIT %(most)s FOR NO KEY UPDATE SKIP LOCKED
)) RETURNING m.provider_id
"""


def note_reports(provider: str, reports: Mapping[str, State]) -> int:
    """Write down what the provider says; returns how much of it was new.

    In any order, any number of times: "delivered" is the last word, and before it the
    first of "undelivered" and "blocked" stays.
    """
    now = timezone.now()
    of_provider = OutgoingSms.objects.filter(provider=provider)
    count = 0
    for state in (State.UNDELIVERED, State.BLOCKED, State.DELIVERED):
        ids = [provider_id for provider_id, became in reports.items() if became == state]
        may_change = [State.SENT]
        if state == State.DELIVERED:
            may_change += [State.UNDELIVERED, State.BLOCKED]
        told = of_provider.filter(provider_id__in=ids, state__in=may_change)
        count += told.update(state=state, reported_at=now, ask_at=None)
        if state == State.DELIVERED:
            note_reached(provider, ids, now)
    return count


def ask_what_became() -> int:
    """Background job: ask after messages of the last day, ever more seldom; returns how
    many answers were new."""
    return sum(_ask(gateway) for gateway in gateways_in_use())


def _ask(gateway: SmsGateway) -> int:
    new = 0
    while ids := _claim(gateway.name):
        try:
            new += note_reports(gateway.name, gateway.became(ids))
        except SendFailed as failure:
            logger.warning("%s, asked what became: %s", gateway.name, failure.reason)
            break
    return new


def _claim(provider: str) -> list[str]:
    """Ids of messages that it is time to ask about; the next time is written down first."""
    now = timezone.now()
    values: dict[str, Any] = {
        "provider": provider,
        "now": now,
        "soonest": SOONEST_ASKED_AGAIN,
        "too_old": now - REPORTED_WITHIN,
        "most": AT_ONCE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, values)
        return [provider_id for (provider_id,) in cursor.fetchall()]
