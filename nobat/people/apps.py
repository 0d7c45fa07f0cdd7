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


@register(Tags.security, deploy=True)
def addresses_are_those_of_people(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[CheckMessage]:
    """Warns where everybody seems to come from one address, that of a proxy of our own."""
    if settings.DEMO or settings.TRUSTED_PROXIES or not settings.HTTPS:
        return []
    return [
        Warning(
            "HTTPS needs a proxy in front, and TRUSTED_PROXIES says that there is none: its "
            "address is everybody's, and the whole country gets 60 SMS codes a minute.",
            hint="Set TRUSTED_PROXIES to the number of proxies.",
            id="people.W002",
        )
    ]


@register(Tags.security, deploy=True)
def mobile_operators_are_known(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[CheckMessage]:
    """Warns where an operator's shared address is taken for one household's."""
    if settings.DEMO or settings.MOBILE_OPERATOR_NETWORKS:
        return []
    return [
        Warning(
            "Thousands of citizens behind a mobile operator's address share 60 SMS codes a minute.",
            hint="List the networks that the operators publish in MOBILE_OPERATOR_NETWORKS.",
            id="people.W003",
        )
    ]
