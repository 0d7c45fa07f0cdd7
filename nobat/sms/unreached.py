"""Mobiles at which messages did not arrive lately."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from nobat.sms.models import OutgoingSms, State

REMEMBERED = timedelta(days=30)


def is_unreached(mobile: str, now: datetime) -> bool:
    """Whether a message to it was given up in the last thirty days."""
    return bool(unreached([mobile], now))


def unreached(mobiles: Iterable[str], now: datetime) -> set[str]:
    """Those of the mobiles to which a message was given up in the last thirty days."""
    given_up = OutgoingSms.objects.filter(state=State.GIVEN_UP, queued_at__gt=now - REMEMBERED)
    return set(given_up.filter(to__in=list(mobiles)).values_list("to", flat=True))
