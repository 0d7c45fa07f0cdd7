"""One office's one day: who is being served, who is here, who is expected, who is through."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from nobat.appointments import policy
from nobat.appointments.models import Appointment, Status
from nobat.offices.models import Office
from nobat.visits.models import Visit, VisitState
from nobat.visits.queue import in_order

# What is not listed: nobody waits for those who deleted theirs.
LISTED = [Status.BOOKED, Status.CHECKED_IN, Status.NO_SHOW, Status.EXCUSED]


@dataclass(frozen=True)
class Line:
    """One person on the list, with an appointment or without, here or not yet."""

    appointment: Appointment | None
    visit: Visit | None
    is_late: bool = False

    @property
    def hour(self) -> datetime | None:
        """Of the appointment; of arriving without one."""
        if self.appointment:
            return self.appointment.starts_at
        return self.visit.arrived_at if self.visit else None

    @property
    def name(self) -> str:
        if self.appointment:
            return self.appointment.citizen.full_name
        return self.visit.name if self.visit else ""


@dataclass(frozen=True)
class DayList:
    """In the order in which people are served."""

    being_served: list[Line] = field(default_factory=list)
    here: list[Line] = field(default_factory=list)  # the next one first
    expected: list[Line] = field(default_factory=list)
    through: list[Line] = field(default_factory=list)  # the last one first
    did_not_come: list[Line] = field(default_factory=list)

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self.expected)


def day_list(office: Office, day: date, now: datetime) -> DayList:
    """Everybody of that day at this office; two statements."""
    appointments = (
        Appointment.objects.filter(office=office, day=day, status__in=LISTED)
        .select_related("citizen", "service", "visit")
        .order_by("starts_at", "pk")
    )
    walk_ins = Visit.objects.of_day(office, day).filter(appointment=None).select_related("service")
    lines = [_line(appointment, now) for appointment in appointments]
    lines += [Line(None, visit) for visit in walk_ins]
    return DayList(
        being_served=_with_state(lines, VisitState.BEING_SERVED),
        here=_in_order(_with_state(lines, VisitState.WAITING), now),
        expected=[line for line in lines if _has_status(line, Status.BOOKED)],
        through=sorted(
            (line for line in lines if line.visit and line.visit.is_over),
            key=_finished,
            reverse=True,
        ),
        did_not_come=[line for line in lines if _has_status(line, Status.NO_SHOW, Status.EXCUSED)],
    )


def _line(appointment: Appointment, now: datetime) -> Line:
    visit = getattr(appointment, "visit", None)
    late_from = appointment.starts_at + policy.rules_on(appointment.day).late_after
    is_late = appointment.status == Status.BOOKED and now > late_from
    return Line(appointment, visit, is_late)


def _has_status(line: Line, *statuses: Status) -> bool:
    return line.appointment is not None and line.appointment.status in statuses


def _with_state(lines: Iterable[Line], state: VisitState) -> list[Line]:
    return [line for line in lines if line.visit and line.visit.state == state]


def _in_order(lines: Iterable[Line], now: datetime) -> list[Line]:
    by_visit = {line.visit.pk: line for line in lines if line.visit}
    return [
        by_visit[visit.pk]
        for visit in in_order((each.visit for each in by_visit.values() if each.visit), now)
    ]


def _finished(line: Line) -> datetime:
    return line.visit.finished_at if line.visit and line.visit.finished_at else datetime.min  # noqa: DTZ901
