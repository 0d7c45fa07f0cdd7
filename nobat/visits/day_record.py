"""What is on record of one office's one day, and whom it speaks for."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from nobat.appointments import policy
from nobat.appointments.models import Appointment
from nobat.schedule.models import Closure, Holiday, span_of
from nobat.visits.models import Answer, OfficeDay, Outage, Visit

NOT_RECORDED = "دفتر آمدن مردم را در این روز ثبت نکرده بود"
WAS_CLOSED = "دفتر در این روز بسته بود"
NEVER_ANSWERED = "دفتر برای این روز آمدن کسی را ثبت نکرده است"
_ANSWERS_THAT_EXCUSE = {Answer.NOT_RECORDED: NOT_RECORDED, Answer.WAS_CLOSED: WAS_CLOSED}


class Hours(NamedTuple):
    """A stretch of time, and why nobody could be received in it."""

    starts_at: datetime
    ends_at: datetime
    reason: str


class DayRecord(NamedTuple):
    day: date
    closed: list[Hours]
    outages: list[Hours]
    is_questioned: bool
    answer: str  # one of Answer, or empty
    has_visits: bool

    def why_closed(self, appointment: Appointment) -> str:
        """Empty if the office was open at the hour of the appointment."""
        return _reason(self.closed, appointment)

    def why_excused(self, appointment: Appointment, today: date) -> str:
        """Empty if nothing on record speaks for whoever did not come.

        A day that can no longer be answered speaks for the citizen.
        """
        outage = _reason(self.outages, appointment)
        if outage:
            return outage
        if self.answer:
            return _ANSWERS_THAT_EXCUSE.get(Answer(self.answer), "")
        if not self.has_visits and not can_be_answered(self.day, today):
            return NEVER_ANSWERED
        return ""

    @property
    def is_unclear(self) -> bool:
        """Nobody was recorded all day, and nobody has said why."""
        return not self.has_visits and not self.answer


def day_record(office_id: int, day: date) -> DayRecord:
    office_day = OfficeDay.objects.filter(office=office_id, day=day).first()
    return DayRecord(
        day=day,
        closed=[*_closures(office_id, day), *_holidays(day)],
        outages=[*_outages(office_id, day)],
        is_questioned=bool(office_day and office_day.questioned_at),
        answer=office_day.answer if office_day else "",
        has_visits=Visit.objects.filter(office=office_id, day=day).exists(),
    )


def can_be_answered(day: date, today: date) -> bool:
    return today - policy.CAN_STILL_BE_ANSWERED <= day <= today


def _reason(stretches: Iterable[Hours], appointment: Appointment) -> str:
    for hours in stretches:
        if hours.starts_at < appointment.ends_at and hours.ends_at > appointment.starts_at:
            return hours.reason
    return ""


def _closures(office_id: int, day: date) -> Iterable[Hours]:
    for closure in Closure.objects.filter(office=office_id, day=day, stays=0).order_by("from_hour"):
        yield Hours(*closure.span, reason=closure.reason)


def _holidays(day: date) -> Iterable[Hours]:
    for holiday in Holiday.objects.filter(day=day):
        yield Hours(*span_of(day, None, None), reason=holiday.title)


def _outages(office_id: int, day: date) -> Iterable[Hours]:
    starts_at, ends_at = span_of(day, None, None)
    overlapping = Outage.objects.filter(
        office=office_id, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    for outage in overlapping.order_by("starts_at"):
        yield Hours(outage.starts_at, outage.ends_at, f"قطعی دفتر: {outage.reason}")
