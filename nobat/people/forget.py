"""What is kept for a while only: ended sessions, old codes, old counts, old pictures."""

from datetime import timedelta

from captcha.models import CaptchaStore
from django.utils import timezone

from nobat.people.models import Session, SmsCode, Throttle
from nobat.people.sessions import idle_staff_sessions

CODES_KEPT_FOR = timedelta(days=1)
COUNTS_KEPT_FOR = timedelta(days=2)  # longer than the longest stretch of throttle.py


def forget_what_is_over() -> int:
    """Background job: delete it; how many rows went."""
    now = timezone.now()
    over = (
        Session.objects.filter(expire_date__lte=now),
        idle_staff_sessions(now),
        SmsCode.objects.filter(expires_at__lte=now - CODES_KEPT_FOR),
        Throttle.objects.filter(window_starts_at__lte=now - COUNTS_KEPT_FOR),
        CaptchaStore.objects.filter(expiration__lte=now),
    )
    return sum(rows.delete()[0] for rows in over)
