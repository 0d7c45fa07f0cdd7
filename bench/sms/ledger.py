"""Messages are queued as the system does, and looked after in the ledger."""

import time
from collections import Counter
from datetime import timedelta
from itertools import count

from django.utils import timezone

from nobat.sms.models import Kind, OutgoingSms, State
from nobat.sms.outbox import an_sms, queue_all, queue_sms
from nobat.sms.states import UNSETTLED

_numbers = count(1)


def queue_closures(number: int) -> None:
    """The SMS of a closure, each to another mobile."""
    now = timezone.now()
    until = now + timedelta(days=1)
    messages = []
    for _ in range(number):
        each = next(_numbers)
        params = {
            "starts_at": until.isoformat(),
            "office": "سنجش",
            "reference": f"{each:010}",
            "proposed_at": until.isoformat(),
            "answer_until": until.isoformat(),
        }
        to, about = f"+98990{each:07}", f"{each:010}"
        messages.append(
            an_sms(
                kind=Kind.OFFICE_CLOSED,
                to=to,
                about=about,
                occasion=f"bench:{each}",
                params=params,
                not_after=until,
            )
        )
    queue_all(messages)


def queue_code() -> None:
    each = next(_numbers)
    queue_sms(
        kind=Kind.CODE,
        to=f"+98990{each:07}",
        about="",
        occasion=f"bench:{each}",
        params={"purpose": "sign_in"},
        secret={"code": f"{each:06}"},
        not_after=timezone.now() + timedelta(minutes=2),
    )


def unsettled(*kinds: Kind) -> int:
    """How many may still be sent."""
    rows = OutgoingSms.objects.filter(state__in=UNSETTLED)
    return (rows.filter(kind__in=kinds) if kinds else rows).count()


def states() -> Counter[str]:
    return Counter(OutgoingSms.objects.values_list("state", flat=True))


def taken() -> int:
    return OutgoingSms.objects.exclude(sent_at=None).count()


def forget_leases() -> None:
    """Whose worker is dead for certain need not be waited for."""
    OutgoingSms.objects.filter(state=State.SENDING).update(ask_at=timezone.now())


def begin_anew() -> None:
    OutgoingSms.objects.all().delete()


def seconds_of_codes() -> list[float]:
    """How long each code took from its asking to the gateway's answer."""
    codes = OutgoingSms.objects.filter(kind=Kind.CODE).exclude(sent_at=None)
    moments = codes.values_list("queued_at", "sent_at")
    return sorted((sent - queued).total_seconds() for queued, sent in moments)


def wait_until_settled(seconds: float, *kinds: Kind) -> float:
    """Seconds until nothing is left to be sent; at most so many."""
    began = time.monotonic()
    while unsettled(*kinds) and time.monotonic() - began < seconds:
        time.sleep(0.25)
    return time.monotonic() - began
