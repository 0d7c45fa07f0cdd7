"""Somebody came with the appointment of somebody else: nobody is checked in."""

from django.utils import timezone

from nobat.appointments.models import Appointment
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.people.models import Person


def note_wrong_person(*, appointment: Appointment, by: Person) -> None:
    """The appointment stays as it is: its owner may still come (published rule 2)."""
    record(Act.WRONG_PERSON, appointment, by=by, at=timezone.now())
