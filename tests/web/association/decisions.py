"""What the pages of decisions start from: somebody missed a turn, and who is to decide."""

from datetime import timedelta

from django.utils import timezone

from nobat.appointments.models import Suspension
from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.journal.record import name_of
from nobat.offices.models import AssociationMember, AssociationRole
from nobat.people.models import Person
from nobat.people.second_factor import code_at
from tests.build import SECOND_FACTOR, book, confirm_second_factor, make_person, miss

OBJECTS = "همان ساعت در دفتر بودم و نامم خوانده نشد."


def missed_week(citizen, slot, service, clock) -> Suspension:
    """The week without booking, on the evening of the day that was missed."""
    week = miss(book(citizen, slot, service))
    clock.move_to(week.starts_at + timedelta(hours=3))
    return week


def officer(province: str) -> Person:
    """Of one province."""
    person = make_person("نادر", "ملکی", mobile="+989120000022")
    AssociationMember.objects.create(
        person=person,
        role=AssociationRole.PROVINCE,
        province_id=province,
        since=timezone.now(),
    )
    return person


def reader() -> Person:
    person = make_person("لیلا", "صدر", mobile="+989120000023")
    AssociationMember.objects.create(
        person=person, role=AssociationRole.READER, since=timezone.now()
    )
    return person


def code_of(person: Person) -> str:
    """What the app of this person shows now, after it was set up."""
    confirm_second_factor(person)
    return code_at(SECOND_FACTOR, timezone.now())


def seen(row, by: Person) -> int:
    """How often this person is on record as having looked at the details of that."""
    return JournalEntry.objects.filter(
        act=Act.DETAILS_SEEN, subject=name_of(row), by=name_of(by)
    ).count()
