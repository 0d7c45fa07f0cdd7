"""The newest seal of the journal is carried to a witness outside: a day, a digest, a count.

Whoever has this system with its keys could make every seal anew; not what somebody else has
written down before (witnessed.py).
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max, Min
from django.utils import timezone

from nobat.journal.models import JournalSeal, WitnessedSeal
from nobat.sms.alarm import set_alarm
from nobat.sms.gateways import SendFailed
from nobat.sms.gateways.http import Request, hand_over
from nobat.sms.models import Trouble

logger = logging.getLogger(__name__)

# A fresh seal at once, and the same one again each hour: so it shows when nobody takes it.
CARRIED_EVERY = timedelta(hours=1)
MISSED_AFTER = timedelta(hours=3)


def carry_seal() -> int:
    """Background job: hand the newest seal over if it is time; 1 if it was taken now.

    What was not taken is tried again at the next run. An alarm is raised when none was for
    three hours, and over with the next that is.
    """
    now = timezone.now()
    newest = JournalSeal.objects.order_by("-day").first()
    is_taken = newest is not None and _is_due(newest, now) and _hand_over(newest)
    if newest and is_taken:
        WitnessedSeal.objects.update_or_create(seal=newest, defaults={"taken_at": now})
    since = witnessed_at()
    is_missed = since is not None and now - since > MISSED_AFTER
    set_alarm(Trouble.SEAL_NOT_CARRIED, while_true=is_missed)
    return int(is_taken)


def witnessed_at() -> datetime | None:
    """When a seal was last taken; as long as none was, when the first one was made. None: there
    is no witness, or no seal yet."""
    if not settings.JOURNAL_WITNESS_URL:
        return None
    last = WitnessedSeal.objects.aggregate(last=Max("taken_at"))["last"]
    return last or JournalSeal.objects.aggregate(first=Min("sealed_at"))["first"]


def _is_due(seal: JournalSeal, now: datetime) -> bool:
    if not settings.JOURNAL_WITNESS_URL:
        return False
    lately = WitnessedSeal.objects.filter(seal=seal, taken_at__gt=now - CARRIED_EVERY)
    return not lately.exists()


def _hand_over(seal: JournalSeal) -> bool:
    told = {"day": seal.day.isoformat(), "seal": seal.digest, "entries": seal.entries}
    try:
        hand_over(Request("POST", settings.JOURNAL_WITNESS_URL, json=told))
    except SendFailed as failure:  # which knows no address
        logger.warning("The witness did not take the seal of %s: %s", seal.day, failure.reason)
        return False
    return True
