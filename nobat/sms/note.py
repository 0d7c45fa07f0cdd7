"""What a try came to, written into the ledger."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from nobat.sms.budget import count_spending
from nobat.sms.gateways import Accepted, Blocked, Never, SendFailed, TakesNothing, Unknown
from nobat.sms.kinds import Kind
from nobat.sms.models import OutgoingSms, State

# After the first try, the second one …; then it is given up.
WAIT_AFTER_TRY = [
    timedelta(seconds=10),
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(hours=1),
    timedelta(hours=1),
]
# A gateway that takes nothing is no fault of the message, which is never given up for that
# before its time is over. Quick enough that a lone code finds out by itself that a gateway
# is down (choose.py), and goes through another one within five seconds.
WAIT_FOR_A_GATEWAY = [
    timedelta(0),
    timedelta(seconds=1),
    timedelta(seconds=1),
    timedelta(seconds=1),
    timedelta(seconds=1),
    timedelta(seconds=30),
    timedelta(minutes=1),
    timedelta(minutes=5),
]
ASK_AFTER_LOST_ANSWER = timedelta(seconds=30)
# The next time the gateway has more of it to make up its mind whether it knows the message.
LONGER_AFTER_EACH_LOST_ANSWER = 4
FIRST_ASKED_AFTER = timedelta(minutes=2)
LONGEST_REASON = 120


class Taken(NamedTuple):
    sms: OutgoingSms
    answer: Accepted
    parts: int


# Whatever state it is in by now: it went. What was reported meanwhile stays.
_ACCEPTED = """
UPDATE sms_outgoingsms m SET
    state = CASE WHEN m.state IN ('delivered', 'undelivered', 'blocked') THEN m.state
        ELSE 'sent' END,
    provider = t.provider, provider_id = t.provider_id, cost = t.cost, parts = t.parts,
    sent_at = %(now)s, ask_at = %(ask_at)s, secret = NULL, last_error = ''
FROM unnest(%(ids)s::bigint[], %(providers)s::text[], %(provider_ids)s::text[],
    %(costs)s::integer[], %(parts)s::integer[]) AS t (id, provider, provider_id, cost, parts)
WHERE m.id = t.id
"""


def note_accepted(taken: Sequence[Taken]) -> None:
    """The provider has them: sent, any secret wiped, and counted in what the day has cost."""
    now = timezone.now()
    values: dict[str, Any] = {
        "now": now,
        "ask_at": now + FIRST_ASKED_AFTER,
        "ids": [each.sms.pk for each in taken],
        "providers": [each.sms.provider for each in taken],
        "provider_ids": [each.answer.provider_id for each in taken],
        "costs": [each.answer.cost for each in taken],
        "parts": [each.parts for each in taken],
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ACCEPTED, values)
        count_spending([(each.sms.lane, each.parts, each.answer.cost) for each in taken], now)


def note_failure(sms: OutgoingSms, failure: SendFailed) -> None:
    """Tried again later, given up, or asked after; nothing, if another try came after this."""
    now = timezone.now()
    this_try = OutgoingSms.objects.filter(pk=sms.pk, state=State.SENDING, tries=sms.tries)
    reason = {"last_error": failure.reason[:LONGEST_REASON]}
    ended = {"ask_at": None, "secret": None, **reason}
    again = {"state": State.WAITING, "ask_at": None, **reason}
    if isinstance(failure, Unknown):
        if sms.kind == Kind.CODE:  # whoever waits for one asks for a new one sooner
            this_try.update(state=State.UNKNOWN, **ended)
        else:
            wait = ASK_AFTER_LOST_ANSWER * (1 + sms.lost_answers * LONGER_AFTER_EACH_LOST_ANSWER)
            this_try.update(ask_at=now + wait, **reason)
    elif isinstance(failure, Never):
        is_blocked = isinstance(failure, Blocked)
        this_try.update(state=State.BLOCKED if is_blocked else State.GIVEN_UP, **ended)
    elif isinstance(failure, TakesNothing):
        this_try.update(next_try_at=now + _wait(WAIT_FOR_A_GATEWAY, sms.tries), **again)
    elif sms.tries <= len(WAIT_AFTER_TRY):
        this_try.update(next_try_at=now + _wait(WAIT_AFTER_TRY, sms.tries), **again)
    else:
        this_try.update(state=State.GIVEN_UP, **ended)


def _wait(waits: Sequence[timedelta], tries: int) -> timedelta:
    return waits[min(tries, len(waits)) - 1]
