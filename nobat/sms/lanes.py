"""What goes before what: each lane is sent by itself, so that none waits for another."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import models

from nobat.shared.jalali import TEHRAN
from nobat.sms.kinds import Kind


class Lane(models.IntegerChoices):
    CODES = 1, "کدها و حساب‌ها"  # somebody sits before a page and waits
    BOOKINGS = 2, "نوبت‌ها"
    NOTICES = 3, "تعطیلی‌ها و خبرها"
    REMINDERS = 4, "یادآوری‌ها"


LANE_OF = {
    Kind.CODE: Lane.CODES,
    Kind.HAS_ACCOUNT: Lane.CODES,
    Kind.NO_ACCOUNT: Lane.CODES,
    Kind.ACCOUNT_MADE: Lane.CODES,
    Kind.ACCOUNT_ERASED: Lane.CODES,
    Kind.BOOKED: Lane.BOOKINGS,
    Kind.MOVED: Lane.BOOKINGS,
    Kind.CANCELLED: Lane.BOOKINGS,
    Kind.ANSWER: Lane.BOOKINGS,
    Kind.OFFICE_CLOSED: Lane.NOTICES,
    Kind.PROPOSED_AGAIN: Lane.NOTICES,
    Kind.NO_SHOW: Lane.NOTICES,
    Kind.EXCUSED: Lane.NOTICES,
    Kind.NOBODY_RECORDED: Lane.NOTICES,
    Kind.REMINDER: Lane.REMINDERS,
}

# Nobody asked for these at this moment: they let people sleep.
QUIET = {
    Kind.PROPOSED_AGAIN,
    Kind.OFFICE_CLOSED,
    Kind.NO_SHOW,
    Kind.EXCUSED,
    Kind.NOBODY_RECORDED,
    Kind.REMINDER,
}
# What would come later than so long before it is too late goes even at night.
NEEDED_BEFORE = timedelta(hours=6)


def first_moment(kind: str, now: datetime, not_after: datetime) -> datetime:
    """From when on a message may go: now, or when the night of SMS_QUIET_HOURS is over."""
    ends_at = _end_of_night(now) if kind in QUIET else None
    return ends_at if ends_at and ends_at + NEEDED_BEFORE <= not_after else now


def _end_of_night(now: datetime) -> datetime | None:
    """None by day, in Tehran."""
    first, _, last = settings.SMS_QUIET_HOURS.partition("-")
    if not last:
        return None
    begins, ends = time(int(first)), time(int(last))
    local = now.astimezone(TEHRAN)
    is_after, is_before = local.time() >= begins, local.time() < ends
    if not (is_after or is_before if begins > ends else is_after and is_before):
        return None
    morning = datetime.combine(local, ends, TEHRAN)
    return morning if is_before else morning + timedelta(days=1)
