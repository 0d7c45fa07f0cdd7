"""Sending what is due: each lane by itself, many at once, no message by two workers.

Each try is written down before it is made. What a gateway refused is tried again, if that
makes sense; what it took is noted at once. Where nobody knows, because the answer or the
worker was lost, the message stays "sending" and lost_answers.py asks the gateway by our own
id: nothing is repeated blindly, and a code never.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta

from django.utils import timezone

from nobat.sms.budget import rests_today
from nobat.sms.choose import choose_gateway, note_failing, note_well
from nobat.sms.gateways import (
    Accepted,
    Message,
    NoCredit,
    Refused,
    SendFailed,
    SmsGateway,
    TryAgain,
    Unknown,
)
from nobat.sms.kinds import Kind
from nobat.sms.lanes import Lane
from nobat.sms.models import OutgoingSms, State
from nobat.sms.note import LONGER_AFTER_EACH_LOST_ANSWER, Taken, note_accepted, note_failure
from nobat.sms.outbox import values_of
from nobat.sms.templates import note_templates
from nobat.sms.texts import parts, text_of

logger = logging.getLogger(__name__)

# Longer than any gateway lets us wait: until then nobody asks what became of the try.
LEASE = timedelta(minutes=1)
# So that a worker that is asked to end does so soon, however long the queue is.
LONGEST_RUN = timedelta(seconds=5)
# Of the messages that a gateway takes at the same time, how many may be of one lane: a
# closure of ten thousand leaves room for codes.
SHARE = {Lane.CODES: 0.5, Lane.BOOKINGS: 0.5, Lane.NOTICES: 1.0, Lane.REMINDERS: 0.5}
MOST_AT_ONCE = 32
# Answers that come within so many seconds of each other are noted in one statement.
GATHERED_FOR = 0.01

Sent = tuple[OutgoingSms, Accepted | SendFailed, int]

_CLAIM = """
UPDATE sms_outgoingsms m SET
    state = 'sending', tries = m.tries + 1, provider = %(provider)s, last_error = '',
    ask_at = %(now)s + %(lease)s * (1 + m.lost_answers * %(longer)s)
-- As an array, chosen once: a plan may run a joined LIMIT again and again, and take more.
WHERE id = ANY (ARRAY(
    SELECT id FROM sms_outgoingsms
    WHERE state = 'waiting' AND lane = %(lane)s
      AND next_try_at <= %(now)s AND not_after > %(now)s
    ORDER BY next_try_at LIMIT %(most)s FOR NO KEY UPDATE SKIP LOCKED
)) RETURNING m.*
"""


def send_codes() -> int:
    """Background job: what somebody waits for before a page; returns how many went."""
    return send_lane(Lane.CODES)


def send_bookings() -> int:
    """Background job: what became of a turn just now; returns how many went."""
    return send_lane(Lane.BOOKINGS)


def send_notices() -> int:
    """Background job: closures, and what follows for whom; returns how many went."""
    return send_lane(Lane.NOTICES)


def send_reminders() -> int:
    """Background job: the SMS of the day before; returns how many went."""
    return send_lane(Lane.REMINDERS)


def send_lane(lane: Lane) -> int:
    """Send what is due in this lane, for some seconds at most; returns how many went."""
    now = timezone.now()
    _let_late_ones_go(lane, now)
    gateway = choose_gateway()
    if gateway is None or rests_today(lane, now):
        return 0
    at_once = _at_once(gateway, lane)
    if at_once == 1:
        return sum(_sent_one_by_one(lane))
    with ThreadPoolExecutor(at_once, f"sms-{lane.name}") as pool:
        return sum(_sent_side_by_side(lane, pool, at_once))


def _at_once(gateway: SmsGateway, lane: Lane) -> int:
    return max(1, round(min(gateway.at_once, MOST_AT_ONCE) * SHARE[lane]))


def _let_late_ones_go(lane: Lane, now: datetime) -> None:
    late = OutgoingSms.objects.filter(state=State.WAITING, lane=lane, not_after__lte=now)
    late.update(state=State.EXPIRED, secret=None)


def _sent_one_by_one(lane: Lane) -> Iterator[int]:
    """For a gateway that takes one at a time, in our own thread."""
    ends_at = time.monotonic() + LONGEST_RUN.total_seconds()
    while time.monotonic() < ends_at:
        gateway = choose_gateway()
        claimed = _claim(lane, gateway, 1) if gateway else []
        if not (gateway and claimed):
            return
        yield _note(gateway, [_try(gateway, sms) for sms in claimed])


def _sent_side_by_side(lane: Lane, pool: Executor, at_once: int) -> Iterator[int]:
    """As soon as one is answered, the next one goes: a slow answer holds up no other."""
    ends_at = time.monotonic() + LONGEST_RUN.total_seconds()
    on_their_way: dict[Future[Sent], SmsGateway] = {}
    while True:
        gateway = choose_gateway() if time.monotonic() < ends_at else None
        if gateway:
            for sms in _claim(lane, gateway, at_once - len(on_their_way)):
                on_their_way[pool.submit(_try, gateway, sms)] = gateway
        if not on_their_way:
            return
        wait(on_their_way, return_when=FIRST_COMPLETED)
        done, _ = wait(on_their_way, timeout=GATHERED_FOR)
        answered: dict[SmsGateway, list[Sent]] = {}
        for future in done:
            answered.setdefault(on_their_way.pop(future), []).append(future.result())
        for by, results in answered.items():
            yield _note(by, results)


def _claim(lane: Lane, gateway: SmsGateway, most: int) -> Sequence[OutgoingSms]:
    """Messages that are due, with their try written down; ours alone."""
    now = timezone.now()
    values = {
        "lane": lane,
        "provider": gateway.name,
        "now": now,
        "lease": LEASE,
        "longer": LONGER_AFTER_EACH_LOST_ANSWER,
        "most": most,
    }
    return list(OutgoingSms.objects.raw(_CLAIM, values)) if most > 0 else []


def _try(gateway: SmsGateway, sms: OutgoingSms) -> Sent:
    """One try, without a word to the database; whatever happens comes back as its result."""
    # Of what nobody foresaw the kind alone: the rest may hold number, text or address.
    try:
        message = _message(sms)
    except Exception as problem:
        return sms, TryAgain(type(problem).__name__), 0
    try:
        return sms, gateway.send(message), parts(message.text)
    except SendFailed as failure:
        return sms, failure, 0
    except Exception as problem:
        return sms, Unknown(type(problem).__name__), 0


def _message(sms: OutgoingSms) -> Message:
    values = values_of(sms)
    return Message(sms.pk, sms.to, sms.kind, text_of(Kind(sms.kind), values), values)


def _note(gateway: SmsGateway, results: Sequence[Sent]) -> int:
    taken = [
        Taken(sms, answer, number)
        for sms, answer, number in results
        if isinstance(answer, Accepted)
    ]
    if taken:
        note_accepted(taken)
        note_well(gateway.name)
        note_templates(gateway.name, [each.answer for each in taken])
    for sms, answer, _ in results:
        if isinstance(answer, SendFailed):
            where = (sms.pk, sms.kind, sms.tries, sms.provider)
            logger.warning("SMS %d (%s), try %d at %s: %s", *where, answer.reason)
            note_failure(sms, answer)
            # Answers that came together are in no order: where one was taken, it is at work.
            if not taken or isinstance(answer, NoCredit | Refused):
                note_failing(gateway.name, answer)
    return len(taken)
