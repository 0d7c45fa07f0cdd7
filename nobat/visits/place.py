"""Where a citizen stands in today's queue, as «نوبت‌های من» tells it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from nobat.appointments.models import Appointment, Status
from nobat.shared.jalali import tehran_day
from nobat.visits.models import Visit, VisitState
from nobat.visits.queue import in_order

EXPECTED, HERE = "expected", "here"


@dataclass(frozen=True)
class Place:
    """Of one appointment of today, whose visit is not over."""

    number: int | None  # on the ticket; none: not here yet
    ahead: int  # how many come before; who is not here yet: how many wait there
    is_called: bool

    @property
    def is_here(self) -> bool:
        return self.number is not None

    @property
    def in_short(self) -> str:
        """Another one as soon as there is something else to tell."""
        if not self.is_here:
            return f"{EXPECTED}-{self.ahead}"
        return f"{HERE}-{self.number}-{'called' if self.is_called else self.ahead}"


def places(appointments: Iterable[Appointment], now: datetime) -> dict[int, Place]:
    """By appointment, of those that are today; one statement, or none without any.

    Wants their visits at hand.
    """
    of_today = [each for each in appointments if _is_of_today(each, now)]
    if not of_today:
        return {}
    queues: dict[int, list[Visit]] = defaultdict(list)
    offices = {each.office_id for each in of_today}
    here = Visit.objects.filter(office__in=offices, day=tehran_day(now)).waiting()
    for visit in in_order(here, now):
        queues[visit.office_id].append(visit)
    return {each.pk: _place(visit_of(each), queues[each.office_id]) for each in of_today}


def visit_of(appointment: Appointment) -> Visit | None:
    """Who was not here yet has none."""
    return getattr(appointment, "visit", None)


def is_running(appointment: Appointment, now: datetime) -> bool:
    """Its citizen is at the office now: checked in today, and not through yet."""
    visit = visit_of(appointment)
    return visit is not None and visit.day == tehran_day(now) and not visit.is_over


def running_or_coming(now: datetime) -> Q:
    """For a query of appointments, the same as is_running, or what is still ahead."""
    coming = Q(status=Status.BOOKED, ends_at__gt=now)
    not_over = [VisitState.WAITING, VisitState.BEING_SERVED]
    return coming | Q(visit__day=tehran_day(now), visit__state__in=not_over)


def _is_of_today(appointment: Appointment, now: datetime) -> bool:
    is_expected = appointment.status == Status.BOOKED and appointment.day == tehran_day(now)
    return is_expected or is_running(appointment, now)


def _place(visit: Visit | None, queue: list[Visit]) -> Place:
    """The queue is that of the office, the next one first."""
    if visit is None:
        return Place(None, ahead=len(queue), is_called=False)
    if visit.state == VisitState.BEING_SERVED:
        return Place(visit.number, ahead=0, is_called=True)
    # Read a moment apart: somebody who is no longer in the queue is the next one.
    ahead = next((place for place, each in enumerate(queue) if each.pk == visit.pk), 0)
    return Place(visit.number, ahead=ahead, is_called=False)
