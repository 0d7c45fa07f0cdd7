"""What an operator is told about accounts before going live (`manage.py check --deploy`)."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


class PeopleConfig(AppConfig):
    name = "nobat.people"


@register(Tags.security, deploy=True)
def passwords_stay_out_of_sms(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[CheckMessage]:
    """Recommends an account SMS without the password, which anybody with the phone can read."""
    if settings.CREDENTIALS_SMS == "username":
        return []
    return [
        Warning(
            "The SMS of a fresh account carries the password in clear.",
            hint="Set CREDENTIALS_SMS=username.",
            id="people.W001",
        )
    ]
