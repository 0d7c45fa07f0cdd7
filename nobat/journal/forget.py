"""After five years the entries of a day go, all together; the seal of their day stays.

So the chain still proves itself: each seal holds the one before, and what is left of the
journal hangs on the seals of the days that are gone (proof.py).
"""

from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from nobat.journal.models import JournalEntry, JournalSeal
from nobat.journal.seal import A_DAY
from nobat.shared.jalali import start_of_day, tehran_day


def forget_old_entries() -> int:
    """Background job: day by day, each in one statement; how many entries went.

    The database itself refuses any that is younger than five years (migration 0008), and a
    day that was never sealed is not touched.
    """
    gone, last = 0, last_day_that_may_be_gone(timezone.now())
    while (day := _oldest_day()) and day <= last and JournalSeal.objects.filter(day=day).exists():
        gone += _of_day(day).delete()[0]
    return gone


def last_day_that_may_be_gone(now: datetime) -> date:
    return tehran_day(now - settings.KEPT.journal) - A_DAY


def _oldest_day() -> date | None:
    first = JournalEntry.objects.order_by("at").values_list("at", flat=True).first()
    return tehran_day(first) if first else None


def _of_day(day: date) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(at__gte=start_of_day(day), at__lt=start_of_day(day + A_DAY))
