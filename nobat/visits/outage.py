"""An office says in which hours it could receive or record nobody."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from nobat.appointments.excuse import excuse_no_show
from nobat.appointments.models import Appointment, Status
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office
from nobat.people.models import Person
from nobat.schedule.models import span_of
from nobat.schedule.publish import lock_schedules
from nobat.shared.jalali import tehran_day
from nobat.shared.persian import clean
from nobat.shared.rules import RuleBroken
from nobat.visits.day_record import can_be_answered
from nobat.visits.models import Outage

LONGEST_REASON = 100


class DayOutOfReach(RuleBroken):
    message = (
        "برای این روز دیگر نمی‌شود قطعی ثبت کرد. فقط امروز و سی روز گذشته پذیرفته است. روز "
        "دیگری انتخاب کنید."
    )


class HoursTurnedRound(RuleBroken):
    status = 422
    message = "ساعت پایان باید پس از ساعت آغاز باشد. هر دو را بنویسید، یا هر دو را خالی بگذارید."


class NoReason(RuleBroken):
    status = 422
    message = "دلیل قطعی نوشته نشده است و مردم آن را می‌خوانند. در چند کلمه بنویسید."


class AlreadyRecorded(RuleBroken):
    message = "این ساعت‌ها پیش‌تر ثبت شده است. کار دیگری لازم نیست؛ کسی جریمه نمی‌شود."


def record_outage(
    *,
    office: Office,
    day: date,
    from_hour: time | None,
    until_hour: time | None,
    reason: str,
    by: Person,
) -> Outage:
    """Nobody is punished for not having come in these hours. All or nothing.

    Without hours: the whole day. Weeks without booking that have begun for these hours end
    at once, with an SMS; whoever has not been decided about yet is excused at the end of
    the day, because they may still come. Raises the refusals above.
    """
    now = timezone.now()
    reason = clean(reason)
    _refuse_impossible(day, from_hour, until_hour, reason, now)
    starts_at, ends_at = span_of(day, from_hour, until_hour)
    with transaction.atomic():
        lock_schedules([office.pk])  # the end of the day waits, and then sees these hours
        covering = Outage.objects.filter(
            office=office, starts_at__lte=starts_at, ends_at__gte=ends_at
        )
        if covering.exists():
            raise AlreadyRecorded
        outage = Outage.objects.create(
            office=office,
            starts_at=starts_at,
            ends_at=ends_at,
            reason=reason,
            noted_at=now,
            noted_by=by,
        )
        record(
            Act.OUTAGE_RECORDED,
            office,
            by=by,
            at=now,
            outage=outage.pk,
            starts_at=starts_at.isoformat(),
            ends_at=ends_at.isoformat(),
        )
        _end_weeks(outage, by)
    return outage


def touched_by(
    *, office: Office, day: date, from_hour: time | None, until_hour: time | None
) -> QuerySet[Appointment]:
    """Who would not be punished: those who have been, and those not decided about yet."""
    starts_at, ends_at = span_of(day, from_hour, until_hour)
    return Appointment.objects.filter(
        office=office,
        day=day,
        starts_at__lt=ends_at,
        ends_at__gt=starts_at,
        status__in=[Status.BOOKED, Status.NO_SHOW],
    )


def hours_are_possible(from_hour: time | None, until_hour: time | None) -> bool:
    """Both in their order, or neither."""
    if from_hour is None or until_hour is None:
        return from_hour is until_hour
    return from_hour < until_hour


def _refuse_impossible(
    day: date, from_hour: time | None, until_hour: time | None, reason: str, now: datetime
) -> None:
    if not can_be_answered(day, tehran_day(now)):
        raise DayOutOfReach
    if not hours_are_possible(from_hour, until_hour):
        raise HoursTurnedRound
    if not reason or len(reason) > LONGEST_REASON:
        raise NoReason


def _end_weeks(outage: Outage, by: Person) -> None:
    """Citizens in the order of their ids, so that no two outages wait for each other."""
    missed = Appointment.objects.filter(
        office=outage.office,
        status=Status.NO_SHOW,
        starts_at__lt=outage.ends_at,
        ends_at__gt=outage.starts_at,
    )
    for appointment in missed.select_related("citizen").order_by("citizen", "pk"):
        excuse_no_show(appointment=appointment, reason=f"قطعی دفتر: {outage.reason}", by=by)
