"""Queueing an SMS inside a transaction, and sending what is queued outside of it.

Each try is written down before it is made. A worker that dies in the middle of one loses
nothing: the message is sent again when its lease is over, so that it may arrive twice.
Only codes are not: whoever waits for one asks for a new one sooner than that.
"""

import json
import logging
import time
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from nobat.shared.sealed import seal, unseal
from nobat.sms.gateways import SendFailed, gateway_in_use
from nobat.sms.models import URGENT, Kind, OutgoingSms, State
from nobat.sms.texts import text_of

logger = logging.getLogger(__name__)

SECRET_WAITS = timedelta(minutes=30)
# Longer than any gateway lets us wait: until then nobody else tries the same message.
LEASE = timedelta(minutes=1)
WAIT_AFTER_TRY = [
    timedelta(seconds=10),
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(hours=1),
    timedelta(hours=1),
]
# So that a worker that is asked to end does so soon, however long the queue is.
LONGEST_RUN = timedelta(seconds=5)
UNANSWERED = "unanswered"


def queue_sms(
    *,
    kind: Kind,
    to: str,
    about: str,
    occasion: str,
    params: dict[str, object],
    not_after: datetime,
    secret: dict[str, str] | None = None,
) -> None:
    """One SMS per occasion: the same one again changes nothing.

    `params` and `secret` are what its text in texts.py asks for; the secret ones are
    sealed, and wait for thirty minutes at most.
    """
    sms = an_sms(
        kind=kind, to=to, about=about, occasion=occasion, params=params, not_after=not_after
    )
    if secret:
        sms.secret = seal(json.dumps(secret), occasion)
        sms.not_after = min(not_after, sms.queued_at + SECRET_WAITS)
    queue_all([sms])


def an_sms(
    *,
    kind: Kind,
    to: str,
    about: str,
    occasion: str,
    params: dict[str, object],
    not_after: datetime,
) -> OutgoingSms:
    """What queue_all queues."""
    now = timezone.now()
    return OutgoingSms(
        kind=kind,
        to=to,
        about=about,
        occasion=occasion,
        params=params,
        not_after=not_after,
        next_try_at=now,
        queued_at=now,
    )


def queue_all(messages: Sequence[OutgoingSms]) -> None:
    """As queue_sms, many in one statement."""
    OutgoingSms.objects.bulk_create(messages, ignore_conflicts=True)


def let_go(*, kind: Kind, about: Collection[str]) -> None:
    """What still waits of this kind about one of these is no longer true, and is not sent."""
    waiting = OutgoingSms.objects.filter(about__in=about, kind=kind, state=State.WAITING)
    waiting.update(state=State.EXPIRED, secret=None)


def send_due_sms() -> int:
    """Background job: send every message whose time has come; returns how many went."""
    _let_late_ones_go(timezone.now())
    sent = 0
    ends_at = time.monotonic() + LONGEST_RUN.total_seconds()
    while sms := _claim_next(timezone.now()):
        sent += _send(sms)
        if time.monotonic() > ends_at:
            break
    return sent


def _let_late_ones_go(now: datetime) -> None:
    late = OutgoingSms.objects.filter(state=State.WAITING, not_after__lte=now)
    late.update(state=State.EXPIRED, secret=None)


def _claim_next(now: datetime) -> OutgoingSms | None:
    """The most urgent message that is due, with its try written down; ours alone."""
    while True:
        with transaction.atomic():
            sms = _first_due(now, kind__in=URGENT) or _first_due(now)
            if sms is None:
                return None
            row = OutgoingSms.objects.filter(pk=sms.pk)
            if not _is_tried_out(sms):
                row.update(tries=F("tries") + 1, next_try_at=now + LEASE, last_error=UNANSWERED)
                sms.tries += 1
                return sms
            row.update(state=State.GIVEN_UP, secret=None)


def _first_due(now: datetime, **only: object) -> OutgoingSms | None:
    # Each of the two orders has an index: sorting all that waits for each message would
    # take hours once a province has closed.
    due = OutgoingSms.objects.filter(
        state=State.WAITING, next_try_at__lte=now, not_after__gt=now, **only
    )
    unlocked = due.select_for_update(skip_locked=True, no_key=True)
    return unlocked.order_by("next_try_at").first()


def _is_tried_out(sms: OutgoingSms) -> bool:
    if sms.kind == Kind.CODE and sms.last_error == UNANSWERED:
        return True  # perhaps handed over; perhaps two minutes old
    return sms.tries > len(WAIT_AFTER_TRY)


def _send(sms: OutgoingSms) -> bool:
    try:
        provider_id = gateway_in_use().send(sms.to, _text(sms))
    except SendFailed as failure:
        _note_failure(sms, failure.reason, permanent=failure.permanent)
        return False
    except Exception as problem:
        # The kind alone, here and in the row: the rest may hold number, text or address.
        _note_failure(sms, type(problem).__name__, permanent=False)
        return False
    # Whatever state it is in by now: it went.
    OutgoingSms.objects.filter(pk=sms.pk).update(
        state=State.SENT,
        provider_id=provider_id,
        sent_at=timezone.now(),
        secret=None,
        last_error="",
    )
    return True


def _text(sms: OutgoingSms) -> str:
    secret = json.loads(unseal(sms.secret, sms.occasion)) if sms.secret else {}
    return text_of(sms.kind, {**sms.params, **secret})


def _note_failure(sms: OutgoingSms, reason: str, *, permanent: bool) -> None:
    logger.warning("SMS %d (%s), try %d: %s", sms.pk, sms.kind, sms.tries, reason)
    this_try = OutgoingSms.objects.filter(pk=sms.pk, state=State.WAITING, tries=sms.tries)
    if permanent or sms.tries > len(WAIT_AFTER_TRY):
        this_try.update(state=State.GIVEN_UP, secret=None, last_error=reason[:120])
    else:
        next_try_at = timezone.now() + WAIT_AFTER_TRY[sms.tries - 1]
        this_try.update(next_try_at=next_try_at, last_error=reason[:120])
