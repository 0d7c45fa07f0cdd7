"""Which gateway gets the next message: the first that is not resting.

A gateway without credit, or one that refuses us, rests at once; one that fails five times
in a row does, too. ask_gateways.py wakes it when its rest is over and it answers.
"""

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from nobat.sms.alarm import end_alarm, raise_alarm
from nobat.sms.gateways import (
    Down,
    NoCredit,
    Refused,
    SendFailed,
    SmsGateway,
    Unknown,
    gateways_in_use,
)
from nobat.sms.models import Gateway, Trouble

FAILURES_BEFORE_REST = 5
FIRST_REST, LONGEST_REST = timedelta(seconds=30), timedelta(minutes=5)
# Why a gateway rests; one alarm is open exactly as long as it does.
OUT_OF_ORDER = (Trouble.NO_CREDIT, Trouble.REFUSED, Trouble.DOWN)


def choose_gateway() -> SmsGateway | None:
    """The first of SMS_GATEWAY that takes messages; none: all of them rest."""
    gateways = gateways_in_use()
    known = Gateway.objects.in_bulk([gateway.name for gateway in gateways])
    for gateway in gateways:
        state = known.get(gateway.name)
        if state is None or state.rests_until is None:
            return gateway
    return None


def note_well(name: str) -> None:
    """It has taken a message: what went wrong before is forgotten."""
    # Not while it rests: what was on its way before is answered even then.
    awake = Gateway.objects.filter(name=name, rests_until=None)
    awake.filter(Q(failures__gt=0) | Q(rests__gt=0)).update(failures=0, rests=0)


def note_failing(name: str, failure: SendFailed) -> None:
    """It rests, if this says that it takes nothing, or too many failed in a row."""
    if isinstance(failure, NoCredit):
        rest(name, Trouble.NO_CREDIT)
    elif isinstance(failure, Refused):
        rest(name, Trouble.REFUSED)
    elif isinstance(failure, Down | Unknown):
        Gateway.objects.get_or_create(name=name)
        row = Gateway.objects.filter(name=name)
        row.update(failures=F("failures") + 1)
        if row.filter(failures__gte=FAILURES_BEFORE_REST).exists():
            rest(name, Trouble.DOWN)


def rest(name: str, why: Trouble) -> None:
    """It gets no messages until ask_gateways.py has found it at work. Nothing if it rests."""
    row, _ = Gateway.objects.get_or_create(name=name)
    if row.rests_until is None and _rests(row, timezone.now(), reason=why):
        raise_alarm(why, name)


def rest_on(row: Gateway, now: datetime) -> None:
    """Its rest is over and it is no better: longer, each time."""
    _rests(row, now)


def wake(row: Gateway) -> None:
    """It gets messages again; the first one that fails sends it back to rest."""
    resting = Gateway.objects.filter(name=row.name, rests_until=row.rests_until)
    if resting.update(rests_until=None, reason="", failures=FAILURES_BEFORE_REST - 1):
        for trouble in OUT_OF_ORDER:
            end_alarm(trouble, row.name)


def _rests(row: Gateway, now: datetime, **changes: str) -> bool:
    """From now on; False if another worker was first."""
    until = now + min(FIRST_REST * 2 ** min(row.rests, 10), LONGEST_REST)
    unchanged = Gateway.objects.filter(name=row.name, rests_until=row.rests_until)
    return bool(unchanged.update(rests_until=until, rests=F("rests") + 1, **changes))
