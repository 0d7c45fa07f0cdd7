"""What an office says of a day on which it recorded nobody, and what follows from it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office
from nobat.people.models import Person
from nobat.schedule.publish import lock_schedules
from nobat.shared.jalali import tehran_day
from nobat.shared.rules import RuleBroken
from nobat.visits.day_record import can_be_answered
from nobat.visits.models import Answer, OfficeDay


class NotAsked(RuleBroken):
    message = "برای این روز پرسشی نیست. فقط روزهایی که هیچ‌کس ثبت نشده پاسخ می‌خواهد."


class AlreadyAnswered(RuleBroken):
    message = (
        "برای این روز پیش‌تر پاسخ داده شده است. شاید همکارتان یا کانون زودتر پاسخ داده؛ پاسخ "
        "عوض نمی‌شود."
    )


class TooLateToAnswer(RuleBroken):
    message = "زمان پاسخ این روز گذشته است. تا سی روز می‌شد پاسخ داد؛ کسی جریمه نشده است."


def answer_day(*, office: Office, day: date, answer: Answer, by: Person) -> None:
    """Once. What follows is done by end_of_day.py within minutes.

    NOBODY_CAME: whoever had a turn is missed. NOT_RECORDED, WAS_CLOSED: all are excused.
    Raises NotAsked, AlreadyAnswered, TooLateToAnswer.
    """
    now = timezone.now()
    with transaction.atomic():
        lock_schedules([office.pk])  # the end of the day waits, and then sees the answer
        asked = OfficeDay.objects.filter(office=office, day=day).exclude(questioned_at=None)
        if not asked.exists():
            raise NotAsked
        if not can_be_answered(day, tehran_day(now)):
            raise TooLateToAnswer
        if not asked.filter(answer="").update(answer=answer, answered_at=now, answered_by=by):
            raise AlreadyAnswered
        record(Act.DAY_ANSWERED, office, by=by, at=now, day=day.isoformat(), answer=str(answer))
