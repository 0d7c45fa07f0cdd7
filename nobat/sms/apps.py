"""What an operator is told about SMS before going live (`manage.py check --deploy`)."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


class SmsConfig(AppConfig):
    name = "nobat.sms"


@register(Tags.security, deploy=True)
def one_gateway_is_no_gateway(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[CheckMessage]:
    """Warns where nobody takes over when a provider is down, has no credit, or refuses us."""
    if settings.DEMO or settings.SMS_GATEWAY.strip(", ").count(","):
        return []
    return [
        Warning(
            "No second gateway takes over when the first one takes no SMS.",
            hint="List two in SMS_GATEWAY, separated by a comma.",
            id="sms.W001",
        )
    ]


@register(Tags.security, deploy=True)
def spending_has_an_end(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[CheckMessage]:
    """Warns where whoever asks for codes all day can spend whatever the providers hold."""
    if settings.DEMO or settings.SMS_PARTS_PER_DAY:
        return []
    return [
        Warning(
            "Nothing ends the spending of SMS on a day on which somebody abuses the site.",
            hint="Set SMS_PARTS_PER_DAY to about twice what a busy day takes.",
            id="sms.W002",
        )
    ]
