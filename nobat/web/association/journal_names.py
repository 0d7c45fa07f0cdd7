"""Whom and what entries of the journal name: read all at once, and said in words."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q, QuerySet

from nobat.appointments.models import Appointment
from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.offices.models import Office
from nobat.people.models import Person
from nobat.shared.persian import fa_digits
from nobat.shared.reference import grouped
from nobat.visits.models import Visit

THE_SYSTEM = "سامانه"
A_CITIZEN = "شهروند"
PERSON, OFFICE = "people.Person", "offices.Office"
APPOINTMENT, VISIT = "appointments.Appointment", "visits.Visit"
# What else entries are about, by the name of its model.
_OTHER_THINGS = {
    "ClosureOrder": "دستور تعطیلی",
    "Closure": "تعطیلی دفتر",
    "Holiday": "تعطیل رسمی",
    "Rule": "قاعده",
    "OfficeImport": "فهرست دفترها",
    "County": "شهرستان",
    "Service": "موضوع خدمت",
    "Proposal": "پیشنهاد",
}


class Subject(NamedTuple):
    words: str
    code: str = ""  # read from left to right: a tracking code, an office's code
    rest: str = ""


class Names:
    """Everything that these entries name, in a few statements however many there are."""

    def __init__(self, entries: Iterable[JournalEntry]) -> None:
        named = [text for entry in entries for text in (entry.subject, entry.by)]
        turns = [entry.details.get("appointment") for entry in entries]
        named += [f"{APPOINTMENT}:{turn}" for turn in turns if turn]
        of_office = "office"
        appointments = Appointment.objects.select_related(of_office)
        self._appointments = appointments.in_bulk(_ids(named, APPOINTMENT))
        self._visits = Visit.objects.select_related(of_office).in_bulk(_ids(named, VISIT))
        self._offices = Office.objects.in_bulk(_ids(named, OFFICE))
        self._staff = staff_ever(_ids(named, PERSON)).in_bulk()

    def who(self, entry: JournalEntry) -> str:
        """The name of whoever works here; a citizen has none, nor has the system."""
        if not entry.by:
            return THE_SYSTEM
        turn = self._appointments.get(_id_in(entry.subject, APPOINTMENT))
        person_id = _id_in(entry.by, PERSON)
        if turn and turn.citizen_id == person_id:
            return A_CITIZEN
        return self._person(person_id)

    def subject(self, entry: JournalEntry) -> Subject:
        label, _, number = entry.subject.partition(":")
        if label == PERSON:
            return Subject(self._person(int(number)))
        if label == APPOINTMENT:
            return self.appointment(int(number))
        office = self._offices.get(_id_in(entry.subject, OFFICE))
        if office:
            return Subject(office.title, fa_digits(office.code))
        visit = self._visits.get(_id_in(entry.subject, VISIT))
        if visit:
            return Subject(f"مراجعهٔ {fa_digits(visit.number)}", rest=f"در {visit.office.title}")
        thing = _OTHER_THINGS.get(label.rpartition(".")[2], "مورد")
        return Subject(f"{thing} {fa_digits(number)}")

    def appointment(self, appointment_id: int) -> Subject:
        turn = self._appointments.get(appointment_id)
        if turn is None:
            return Subject(f"نوبت {fa_digits(appointment_id)}")
        code = fa_digits(grouped(turn.reference)).replace(" ", "\u00a0")
        return Subject("نوبت", code, f"در {turn.office.title}")

    def _person(self, person_id: int) -> str:
        person = self._staff.get(person_id)
        return person.full_name if person else A_CITIZEN


def staff_ever(person_ids: Iterable[int]) -> QuerySet[Person]:
    """Who of these works here, or did: what they did stays under their name."""
    names = [f"{PERSON}:{person_id}" for person_id in person_ids]
    added = JournalEntry.objects.filter(act=Act.STAFF_ADDED, subject__in=names)
    once = [_id_in(subject, PERSON) for subject in added.values_list("subject", flat=True)]
    works_here = Q(memberships__isnull=False) | Q(association_member__isnull=False)
    return Person.objects.filter(works_here | Q(pk__in=once), pk__in=person_ids).distinct()


def _ids(named: Iterable[str], label: str) -> set[int]:
    return {found for text in named if (found := _id_in(text, label))}


def _id_in(text: str, label: str) -> int:
    """The number of "people.Person:12"; 0 if it names something else."""
    named, _, number = text.partition(":")
    return int(number) if named == label and number.isdigit() else 0
