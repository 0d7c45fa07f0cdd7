"""Entries of the journal as people read them: when, what, about what, by whom."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from nobat.appointments.models import Appointment
from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.journal.record import name_of
from nobat.web.association.journal_details import Detail, details_in_words
from nobat.web.association.journal_names import Names, Subject


class Line(NamedTuple):
    at: datetime
    act: str
    about: Subject
    who: str
    turn: Subject | None  # another thing that the entry speaks of
    details: list[Detail]


def lines_of(entries: Sequence[JournalEntry]) -> list[Line]:
    names = Names(entries)
    return [_line(entry, names) for entry in entries]


def lines_about(appointment: Appointment) -> list[Line]:
    """All that happened to one appointment, the oldest first; not who has read of it."""
    of_it = JournalEntry.objects.filter(subject=name_of(appointment))
    return lines_of(list(of_it.exclude(act=Act.DETAILS_SEEN).order_by("at", "pk")))


def _line(entry: JournalEntry, names: Names) -> Line:
    turn = entry.details.get("appointment")
    return Line(
        at=entry.at,
        act=entry.get_act_display(),
        about=names.subject(entry),
        who=names.who(entry),
        turn=names.appointment(turn) if turn else None,
        details=list(details_in_words(entry.details)),
    )
