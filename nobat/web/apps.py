"""What an operator is told about addresses before going live (`manage.py check --deploy`)."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


class WebConfig(AppConfig):
    name = "nobat.web"


@register(Tags.security, deploy=True)
def operators_have_a_name_of_their_own(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[CheckMessage]:
    """Warns where the workshop and the figures of the system stand before the whole country."""
    if settings.DEMO or (settings.OPERATOR_HOSTS and settings.OPERATOR_NETWORKS):
        return []
    return [
        Warning(
            "The operators' pages and /metrics are answered under every name or for every address.",
            hint="Set OPERATOR_HOSTS and OPERATOR_NETWORKS.",
            id="web.W001",
        )
    ]
