"""What every SMS provider looks like to the rest of the system.

One file each; docs/gateways.md says how to add one. SMS_GATEWAY lists those in use: the
first that takes messages gets them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from nobat.sms.states import State


class Message(NamedTuple):
    id: int  # our own: by it a lost answer can be asked after
    to: str  # E.164
    kind: str
    text: str
    values: Mapping[str, str]  # what a template at the provider may ask for


class Accepted(NamedTuple):
    provider_id: str
    cost: int | None = None  # rials
    # Whether the provider knew the template that it was to use; none: it was to use none.
    knew_template: bool | None = None


class Incoming(NamedTuple):
    """A message from a phone to one of our lines."""

    provider_id: str
    sender: str  # as the provider writes it
    text: str
    at: datetime | None = None


class SendFailed(Exception):
    """The message was not accepted. `reason` holds no number, text or address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TryAgain(SendFailed):
    """The provider did not take it this time, and says so."""


class Never(SendFailed):
    """Every provider would refuse this message again."""


class Blocked(Never):
    """Whoever has the phone has blocked messages like ours."""


class Unknown(SendFailed):
    """No answer, or none that can be understood: the provider may have taken it."""


class TakesNothing(TryAgain):
    """The provider did not take it and takes no other now: let another one have it."""


class NoCredit(TakesNothing):
    """Its account is empty."""


class Refused(TakesNothing):
    """It does not let us in: key, address, line or contract."""


class Down(TakesNothing):
    """It cannot be reached, or says itself that it is not at work."""


class SmsGateway(Protocol):
    """One provider. Every method may raise SendFailed, and nothing else on purpose."""

    name: str  # as rows and addresses name it
    at_once: int  # messages that may be on their way to it at the same time; 1: no threads

    def send(self, message: Message) -> Accepted:
        """Hand one message over."""

    def find(self, ids: Sequence[int]) -> Mapping[int, Accepted]:
        """Those of our own ids that the provider has taken a message for."""

    def became(self, provider_ids: Sequence[str]) -> Mapping[str, State]:
        """What became of each: DELIVERED, UNDELIVERED or BLOCKED; left out: not known yet."""

    def credit(self) -> int | None:
        """Rials that are left; none if the provider does not say."""

    def reports(self, form: Mapping[str, str]) -> Mapping[str, State]:
        """What the provider says by itself, at the address it was given for that."""

    def incoming(self, form: Mapping[str, str]) -> Sequence[Incoming]:
        """The messages that it hands over by itself, likewise."""

    def collect(self) -> Sequence[Incoming]:
        """The messages that it keeps until it is asked; each is handed out once."""


def gateways_in_use() -> list[SmsGateway]:
    """Those of SMS_GATEWAY, in its order."""
    return [_made(path.strip()) for path in settings.SMS_GATEWAY.split(",") if path.strip()]


@cache
def _made(path: str) -> SmsGateway:
    return import_string(path)()
