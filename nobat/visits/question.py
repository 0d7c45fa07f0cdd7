"""Nobody was recorded all day: the office and the association are asked why, once."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from nobat.appointments import policy
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office, Role
from nobat.people.models import Person
from nobat.sms.models import Kind
from nobat.sms.outbox import queue_sms
from nobat.visits.models import OfficeDay


def ask_about_day(*, office: Office, day: date, now: datetime) -> bool:
    """One SMS to each manager of the office and each member of the association.

    Nothing happens to anybody who had an appointment until answer.py has the answer.
    Returns whether this was the first time. All or nothing.
    """
    with transaction.atomic():
        office_day, _ = OfficeDay.objects.get_or_create(office=office, day=day)
        not_asked = OfficeDay.objects.filter(pk=office_day.pk, questioned_at=None)
        if not not_asked.update(questioned_at=now):
            return False
        record(Act.DAY_QUESTIONED, office, by=None, at=now, day=day.isoformat())
        for person in _who_is_asked(office):
            _ask(person, office, office_day, now)
    return True


def _who_is_asked(office: Office) -> Iterable[Person]:
    manages = Q(memberships__office=office, memberships__role=Role.MANAGER)
    asked = Person.objects.filter(manages | Q(association_member__isnull=False))
    return asked.distinct().order_by("pk")


def _ask(person: Person, office: Office, office_day: OfficeDay, now: datetime) -> None:
    queue_sms(
        kind=Kind.NOBODY_RECORDED,
        to=person.mobile,
        about=f"visits.OfficeDay:{office_day.pk}",
        occasion=f"nobody_recorded:{office.code}:{office_day.day}:{person.pk}",
        params={"office": office.name, "day": office_day.day.isoformat()},
        not_after=now + policy.CAN_STILL_BE_ANSWERED,
    )
