"""What every SMS provider looks like to the rest of the system."""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class SendFailed(Exception):
    """The provider did not take the message. `reason` holds no number, text or address."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent  # trying again would fail again


class SmsGateway(Protocol):
    def send(self, to: str, text: str) -> str:
        """Hand one message over; return the provider's id or raise SendFailed."""


def gateway_in_use() -> SmsGateway:
    return import_string(settings.SMS_GATEWAY)()
