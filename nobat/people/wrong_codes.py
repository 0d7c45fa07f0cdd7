"""Wrong SMS codes of everybody together: far more than usual looks like somebody guessing.

One number is safe by its own limits (throttle.py). Whoever tries a few codes of each of a
million numbers would still open some of them: there is an alarm, and while it lasts nobody
gets a code without the security code.
"""

from datetime import datetime, timedelta
from statistics import median

from django.db.models import Q
from django.utils import timezone

from nobat.people import throttle
from nobat.people.models import Throttle
from nobat.people.throttle import WRONG_CODES_OF_SYSTEM
from nobat.sms.alarm import set_alarm
from nobat.sms.models import Alarm, Trouble

TIMES_USUAL = 3
# Usual is the middle one of so many days at the same hour: neither a Friday nor the attack
# of a day before changes it.
DAYS_OF_USUAL = 7
KEPT_FOR = timedelta(days=DAYS_OF_USUAL, hours=2)
HOUR = WRONG_CODES_OF_SYSTEM.within
DAY = timedelta(days=1)


def note_wrong_code(now: datetime) -> None:
    """One statement."""
    throttle.count(WRONG_CODES_OF_SYSTEM, "", now)


def watch_wrong_codes() -> int:
    """Background job: raise the alarm, and end it an hour after the last such hour."""
    now = timezone.now()
    is_so = any(_is_unusual(hour) for hour in (now, now - HOUR))
    set_alarm(Trouble.WRONG_CODES, while_true=is_so)
    return int(is_so)


def are_too_many_wrong() -> bool:
    """Whether the alarm is on."""
    return Alarm.objects.filter(trouble=Trouble.WRONG_CODES, ended_at=None).exists()


def needed_for_usual(now: datetime) -> Q:
    """Counts that are kept longer than others (forget.py)."""
    return Q(key=_key(), window_starts_at__gt=now - KEPT_FOR)


def _is_unusual(hour: datetime) -> bool:
    most = max(WRONG_CODES_OF_SYSTEM.most, TIMES_USUAL * _usual(hour))
    return throttle.so_far(WRONG_CODES_OF_SYSTEM, "", hour) > most


def _usual(hour: datetime) -> float:
    starts_at = throttle.end_of(WRONG_CODES_OF_SYSTEM, hour) - HOUR
    before = [starts_at - number * DAY for number in range(1, DAYS_OF_USUAL + 1)]
    counted = Throttle.objects.filter(key=_key(), window_starts_at__in=before)
    counts = list(counted.values_list("count", flat=True))
    return median(counts + [0] * (DAYS_OF_USUAL - len(counts)))


def _key() -> str:
    return throttle.key_of(WRONG_CODES_OF_SYSTEM, "")
