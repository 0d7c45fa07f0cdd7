"""One office's one day on paper, for the case that the network is gone: its words and rows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from nobat.appointments.models import Appointment
from nobat.offices.models import Office
from nobat.shared.jalali import full_day, hour, long_day, tehran_day
from nobat.shared.persian import fa_digits
from nobat.shared.reference import grouped
from nobat.visits.models import Visit, VisitState
from nobat.visits.place import visit_of

EMPTY_ROWS = 12  # for those who come without an appointment


@dataclass(frozen=True)
class SheetRow:
    """As people read it. What happens at the counter is filled in by hand."""

    hour: str = ""
    name: str = ""
    tail: str = ""
    service: str = ""
    cases: str = ""
    reference: str = ""
    # Empty boxes, unless the network went while the day was under way.
    came: str = ""
    number: str = ""
    result: str = ""
    begins_an_hour: bool = False


@dataclass(frozen=True)
class DaySheet:
    office: str
    office_code: str
    county: str
    day: str
    printed: str
    how_many: str
    last_number: str  # of the tickets given so far, if there are any
    rows: list[SheetRow]
    walk_ins: list[SheetRow]  # who came without an appointment, then empty rows


def day_sheet(office: Office, day: date, now: datetime) -> DaySheet:
    """Everybody expected that day, in the order of their hours; two statements."""
    expected = list(
        Appointment.objects.holding_a_seat()
        .filter(office=office, day=day)
        .select_related("citizen", "service", "visit")
        .order_by("starts_at", "pk")
    )
    walk_ins = list(
        Visit.objects.of_day(office, day)
        .filter(appointment=None)
        .select_related("service")
        .order_by("number")
    )
    visits = [*filter(None, map(visit_of, expected)), *walk_ins]
    return DaySheet(
        office=office.title,
        office_code=fa_digits(office.code),
        county=office.county.name,
        day=full_day(day),
        printed=f"{long_day(tehran_day(now))}، ساعت {hour(now)}",
        how_many=fa_digits(len(expected)),
        last_number=fa_digits(max((visit.number for visit in visits), default="")),
        rows=_rows(expected),
        walk_ins=[*map(_row_without_appointment, walk_ins), *[SheetRow()] * EMPTY_ROWS],
    )


def _rows(expected: Iterable[Appointment]) -> list[SheetRow]:
    rows: list[SheetRow] = []
    for appointment in expected:
        row = _row(appointment)
        is_first = not rows or rows[-1].hour != row.hour
        rows.append(replace(row, begins_an_hour=is_first))
    return rows


def _row(appointment: Appointment) -> SheetRow:
    empty = SheetRow(
        hour=hour(appointment.starts_at),
        name=appointment.citizen.full_name,
        tail=fa_digits(appointment.citizen.identity_tail),
        service=appointment.service.title,
        cases=fa_digits(appointment.cases),
        reference=fa_digits(grouped(appointment.reference)),
    )
    visit = visit_of(appointment)
    return _filled_in(empty, visit) if visit else empty


def _row_without_appointment(visit: Visit) -> SheetRow:
    service = visit.service.title if visit.service else ""
    return _filled_in(SheetRow(name=visit.name, service=service), visit)


def _filled_in(row: SheetRow, visit: Visit) -> SheetRow:
    is_waiting = visit.state == VisitState.WAITING
    return replace(
        row,
        came=hour(visit.arrived_at),
        number=fa_digits(visit.number),
        result="" if is_waiting else VisitState(visit.state).label,
    )
