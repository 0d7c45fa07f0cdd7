"""What one office's one day looked like, for whoever judges what somebody says of it."""

from datetime import date
from typing import NamedTuple

from nobat.appointments.models import Appointment, Status
from nobat.offices.models import Office
from nobat.visits.day_record import Hours, day_record
from nobat.visits.models import Answer, Visit


class OfficeRecord(NamedTuple):
    came: int  # with an appointment or without one
    came_to_a_turn: int
    missed: int
    excused: int
    closed: list[Hours]
    outages: list[Hours]
    answer: str  # what was said of a day without a record, in words; or empty


def office_record(office: Office, day: date) -> OfficeRecord:
    visits = Visit.objects.of_day(office, day)
    turns = Appointment.objects.filter(office=office, day=day)
    on_record = day_record(office.pk, day)
    return OfficeRecord(
        came=visits.count(),
        came_to_a_turn=visits.exclude(appointment=None).count(),
        missed=turns.filter(status=Status.NO_SHOW).count(),
        excused=turns.filter(status=Status.EXCUSED).count(),
        closed=on_record.closed,
        outages=on_record.outages,
        answer=str(Answer(on_record.answer).label) if on_record.answer else "",
    )
