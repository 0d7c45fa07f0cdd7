"""Queueing an SMS inside a transaction. What is queued is sent outside of it: send.py."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from nobat.shared.erased import is_pseudonym
from nobat.shared.sealed import seal, unseal
from nobat.sms.kinds import Kind
from nobat.sms.lanes import LANE_OF, first_moment
from nobat.sms.models import SECRET_WAITS, OutgoingSms, State


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
    sealed, and wait for thirty minutes at most. An empty secret is sealed as well: whoever
    must not tell one message from another by the work it makes gives one to both.
    """
    sms = an_sms(
        kind=kind, to=to, about=about, occasion=occasion, params=params, not_after=not_after
    )
    if secret is not None:
        sms.pk = _fresh_id()
        sms.secret = seal(json.dumps(secret), seal_of_sms(sms))
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
    needed_before: datetime | None = None,
) -> OutgoingSms:
    """What queue_all queues. Unless it is needed before the morning, a message that nobody
    waits for lets people sleep; `needed_before` is `not_after` if nothing else is said."""
    now = timezone.now()
    return OutgoingSms(
        kind=kind,
        lane=LANE_OF[kind],
        to=to,
        about=about,
        occasion=occasion,
        params=params,
        not_after=not_after,
        next_try_at=first_moment(kind, now, needed_before or not_after),
        queued_at=now,
    )


def queue_all(messages: Sequence[OutgoingSms]) -> None:
    """As queue_sms, many in one statement. Who has left hears nothing any more."""
    reachable = [each for each in messages if not is_pseudonym(each.to)]
    OutgoingSms.objects.bulk_create(reachable, ignore_conflicts=True)


def let_go(*, kind: Kind, about: Collection[str]) -> None:
    """What still waits of this kind about one of these is no longer true, and is not sent."""
    waiting = OutgoingSms.objects.filter(about__in=about, kind=kind, state=State.WAITING)
    waiting.update(state=State.EXPIRED, secret=None)


def values_of(sms: OutgoingSms) -> dict[str, Any]:
    """All that its text asks for; raises CannotUnseal when the secret is another row's."""
    secret = json.loads(unseal(sms.secret, seal_of_sms(sms))) if sms.secret else {}
    return {**sms.params, **secret}


def seal_of_sms(sms: OutgoingSms) -> str:
    """For what its secret is sealed: it opens in no other row."""
    return f"sms.OutgoingSms:{sms.pk}"


def _fresh_id() -> int:
    """What is sealed with the id of its row opens in no other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('sms_outgoingsms', 'id'))")
        (pk,) = cursor.fetchone()
    return pk
