"""What is kept for a while only: ended sessions, old codes, old counts, old pictures."""

from datetime import datetime, timedelta

from captcha.models import CaptchaStore
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from nobat.people.models import Session, SmsCode, Throttle
from nobat.people.wrong_codes import needed_for_usual

CODES_KEPT_FOR = settings.KEPT.codes
COUNTS_KEPT_FOR = timedelta(days=2)  # longer than the longest stretch of throttle.py


def forget_what_is_over() -> int:
    """Background job: delete it; how many rows went."""
    now = timezone.now()
    over = (
        Session.objects.filter(expire_date__lte=now),
        SmsCode.objects.filter(expires_at__lte=now - CODES_KEPT_FOR),
        _old_counts(now),
        CaptchaStore.objects.filter(expiration__lte=now),
    )
    return sum(rows.delete()[0] for rows in over)


def _old_counts(now: datetime) -> QuerySet[Throttle]:
    old = Throttle.objects.filter(window_starts_at__lte=now - COUNTS_KEPT_FOR)
    return old.exclude(needed_for_usual(now))
