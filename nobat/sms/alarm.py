"""What somebody must look at: told once in the log, and shown until it is over."""

import logging

from django.utils import timezone

from nobat.sms.models import Alarm, Trouble

logger = logging.getLogger(__name__)


def raise_alarm(trouble: Trouble, about: str = "") -> None:
    """Nothing new if it is known already."""
    alarm = Alarm(trouble=trouble, about=about, raised_at=timezone.now())
    known = Alarm.objects.filter(ended_at=None, trouble=trouble, about=about)
    if not known.exists():
        Alarm.objects.bulk_create([alarm], ignore_conflicts=True)
        logger.error("Alarm: %s %s", trouble.value, about)


def end_alarm(trouble: Trouble, about: str = "") -> None:
    """Nothing if there is none."""
    is_open = Alarm.objects.filter(ended_at=None, trouble=trouble, about=about)
    if is_open.update(ended_at=timezone.now()):
        logger.warning("Alarm over: %s %s", trouble.value, about)


def set_alarm(trouble: Trouble, about: str = "", *, while_true: bool) -> None:
    """Raised as long as it is so."""
    if while_true:
        raise_alarm(trouble, about)
    else:
        end_alarm(trouble, about)
