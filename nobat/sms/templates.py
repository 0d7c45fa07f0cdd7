"""Somebody has to look at it when a provider does not know the template of our codes."""

from collections.abc import Iterable

from nobat.sms.alarm import set_alarm
from nobat.sms.gateways import Accepted
from nobat.sms.models import Trouble


def note_templates(provider: str, answers: Iterable[Accepted]) -> None:
    """The codes went as plain text meanwhile; the alarm is over with the first that it knows."""
    knew = [answer.knew_template for answer in answers if answer.knew_template is not None]
    if knew:
        set_alarm(Trouble.TEMPLATE, provider, while_true=not all(knew))
