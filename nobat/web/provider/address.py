"""The secret addresses at which a provider of SMS tells us something by itself."""

from enum import StrEnum

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "nobat.web.provider.address"
_LENGTH = 40  # hex digits


class Tells(StrEnum):
    """What a provider tells; the name of its page."""

    REPORTS = "reports"
    INCOMING = "incoming"


def what_is_told() -> list[Tells]:
    """Incoming messages only where our line can receive (SMS_ANSWERS)."""
    return list(Tells) if settings.SMS_ANSWERS else [Tells.REPORTS]


def address_for(provider: str, tells: Tells) -> str:
    """The path to give to this provider; it changes with SECRET_KEY alone."""
    return reverse(f"sms:{tells}", kwargs={"provider": provider, "token": _token(provider, tells)})


def is_token_of(provider: str, tells: Tells, token: str) -> bool:
    """Whether only we or this provider can have written this address."""
    return constant_time_compare(_token(provider, tells), token)


def _token(provider: str, tells: Tells) -> str:
    said = f"{provider}\0{tells}"
    return salted_hmac(_SALT, said, algorithm="sha256").hexdigest()[:_LENGTH]
