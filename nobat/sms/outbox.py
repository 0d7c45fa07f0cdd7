"""Queueing an SMS inside a transaction, and sending what is queued outside of it."""

from datetime import datetime

from django.utils import timezone

from nobat.sms.models import Kind, OutgoingSms


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
    now = timezone.now()
    OutgoingSms.objects.create(
        kind=kind, to=to, about=about, occasion=occasion, params=params,
        not_after=not_after, next_try_at=now, queued_at=now,
    )
