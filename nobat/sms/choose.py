"""Which gateway gets the next message: the first that is not resting.

A gateway without credit, or one that refuses us, rests at once; one that fails five times
in a row does, too. ask_gateways.py wakes it when its rest is over and it answers.
"""

from dataclasses import dataclass
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
OUT_OF_ORDER = (Trouble.NO_CREDIT, Trouble.REFUSED, Trouble.DOWN)


@dataclass(eq=False)
class Choice:
    """A gateway that gets messages, and what they tell of it."""

    gateway: SmsGateway

    def has_taken(self) -> None:
        """It is at work: what went wrong before is forgotten."""
        # Not while it rests: what was on its way before is answered even then.
        awake = Gateway.objects.filter(name=self.gateway.name, rests_until=None)
        if awake.filter(Q(failures__gt=0) | Q(rests__gt=0)).update(failures=0, rests=0):
            for trouble in OUT_OF_ORDER:
                end_alarm(trouble, self.gateway.name)

    def has_failed(self, failure: SendFailed) -> None:
        """It rests, if this says that it takes nothing, or too many failed in a row."""
        name = self.gateway.name
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


def choose_gateway(now: datetime) -> Choice | None:
    """The first of SMS_GATEWAY that takes messages; none: all of them rest."""
    gateways = gateways_in_use()
    known = Gateway.objects.in_bulk([gateway.name for gateway in gateways])
    for gateway in gateways:
        state = known.get(gateway.name)
        if state is None or state.rests_until is None:
            return Choice(gateway)
    return None


def rest(name: str, why: Trouble) -> None:
    """It gets no messages until ask_gateways.py has found it at work, each time later."""
    now = timezone.now()
    row, _ = Gateway.objects.get_or_create(name=name)
    until = now + min(FIRST_REST * 2 ** min(row.rests, 10), LONGEST_REST)
    is_first = Gateway.objects.filter(name=name, rests_until=None).update(
        rests_until=until, rests=F("rests") + 1, reason=why
    )
    if is_first:
        raise_alarm(why, name)
