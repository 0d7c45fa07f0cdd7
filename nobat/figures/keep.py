"""Keeping the totals of days up to date, without anybody asking."""

from datetime import date, timedelta

from django.utils import timezone

from nobat.appointments import policy
from nobat.figures.count import count_days, count_sms, measure_first_free
from nobat.figures.models import LastCount
from nobat.schedule.publish import PUBLISHED_AHEAD
from nobat.shared.jalali import tehran_day

# Outages and answers change days as long ago as this; some days for whoever is late.
STILL_CHANGES = policy.CAN_STILL_BE_ANSWERED + timedelta(days=5)
# Providers are asked for a day at most (sms/delivery.py).
SMS_STILL_CHANGES = timedelta(days=1)
# What is decided about days longer ago (an old objection, say) is counted at night.
COUNTED_AT_NIGHT = timedelta(days=366)
# A worker that stood still sends what is still worth sending.
SMS_COUNTED_AT_NIGHT = timedelta(days=8)


def keep_daily_totals() -> int:
    """Background job: count the days that still change; returns how many totals did."""
    today = tehran_day(timezone.now())
    return _count(days=today - STILL_CHANGES, sms=today - SMS_STILL_CHANGES)


def count_since(first: date) -> int:
    """Count everything from that day on, as after so much came at once."""
    return _count(days=first, sms=first - policy.BOOKING_HORIZON)


def _count(*, days: date, sms: date) -> int:
    now = timezone.now()
    today = tehran_day(now)
    changed = measure_first_free(today=today)
    changed += count_days(first=days, last=today + PUBLISHED_AHEAD)
    changed += count_sms(first=sms, last=today)
    LastCount.objects.update_or_create(pk=1, defaults={"at": now})
    return changed


def keep_older_totals() -> int:
    """Background job: count the year again; returns how many totals were different."""
    today = tehran_day(timezone.now())
    changed = count_days(first=today - COUNTED_AT_NIGHT, last=today)
    return changed + count_sms(first=today - SMS_COUNTED_AT_NIGHT, last=today)
