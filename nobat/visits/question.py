"""Nobody was recorded all day: the office and the association are asked why, once."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from nobat.appointments import policy
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office, Role
from nobat.people.models import Person
from nobat.sms.models import Kind
from nobat.sms.outbox import queue_sms
from nobat.visits.models import OfficeDay


def ask_about_day(*, office: Office, day: date, now: datetime) -> bool:
    """One SMS to each manager of the office; to each member of the association one a day,
    however many offices it is about.

    Nothing happens to anybody who had an appointment until answer.py has the answer.
    Returns whether this was the first time. All or nothing.
    """
    with transaction.atomic():
        office_day, _ = OfficeDay.objects.get_or_create(office=office, day=day)
        not_asked = OfficeDay.objects.filter(pk=office_day.pk, questioned_at=None)
        if not not_asked.update(questioned_at=now):
            return False
        record(Act.DAY_QUESTIONED, office, by=None, at=now, day=day.isoformat())
        managers = _managers(office)
        for manager in managers:
            _ask(manager, office_day, now, about=office.code, office=office.name)
        members = Person.objects.filter(association_member__isnull=False)
        for member in members.exclude(pk__in=managers.values("pk")).order_by("pk"):
            _ask(member, office_day, now, about="offices")
    return True


def _managers(office: Office) -> QuerySet[Person]:
    manages = {"memberships__office": office, "memberships__role": Role.MANAGER}
    return Person.objects.filter(**manages).order_by("pk")


def _ask(person: Person, office_day: OfficeDay, now: datetime, *, about: str, **who: str) -> None:
    queue_sms(
        kind=Kind.NOBODY_RECORDED,
        to=person.mobile,
        about=f"visits.OfficeDay:{office_day.pk}",
        occasion=f"nobody_recorded:{about}:{office_day.day}:{person.pk}",
        params={"day": office_day.day.isoformat(), **who},
        not_after=now + policy.CAN_STILL_BE_ANSWERED,
    )
