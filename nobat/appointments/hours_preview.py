"""What another week would change: the turns it makes, and who would fall out of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from nobat.appointments.models import Appointment, Status
from nobat.offices.models import Office
from nobat.schedule.hours import Stretch, turns_of, week_on
from nobat.schedule.models import Slot, WeeklyHours
from nobat.shared.jalali import TEHRAN, weekday

Turn = tuple[time, time]


class DayOfWeek(NamedTuple):
    """The turns of one weekday, from the first one's beginning to the last one's end."""

    weekday: int  # 0 is Saturday
    turns: int
    seats: int  # of all its turns
    first: time | None
    last: time | None


class Crowded(NamedTuple):
    """A turn that stays, with fewer seats than are taken in it."""

    starts_at: datetime
    taken: int
    seats: int


class HoursPreview(NamedTuple):
    week: list[DayOfWeek]
    week_now: list[DayOfWeek]  # what would hold from the same day on without the change
    holds_until: date | None  # the last day before the next change that is set already
    falling_out: list[Appointment]  # with citizen and service, by the clock
    crowded: list[Crowded]


def preview_hours(*, office: Office, valid_from: date, hours: Sequence[Stretch]) -> HoursPreview:
    """Reads only. Appointments stay valid whatever the hours become."""
    rows = list(WeeklyHours.objects.filter(office=office))
    next_change = min((row.valid_from for row in rows if row.valid_from > valid_from), default=None)
    seats = _seats_by_turn(hours)
    falling_out, taken = [], Counter[datetime]()
    for appointment in _standing(office, valid_from, next_change):
        slots = [slot for slot in (appointment.slot, appointment.second_slot) if slot]
        if not all(_turn_of(slot) in seats[weekday(slot.day)] for slot in slots):
            falling_out.append(appointment)
            continue
        taken.update(slot.starts_at for slot in slots)
    return HoursPreview(
        week=_week(hours),
        week_now=_week(week_on(rows, valid_from)),
        holds_until=next_change - timedelta(days=1) if next_change else None,
        falling_out=falling_out,
        crowded=_crowded(taken, seats),
    )


def _standing(office: Office, first: date, next_change: date | None) -> Iterable[Appointment]:
    found = Appointment.objects.filter(office=office, day__gte=first, status=Status.BOOKED)
    if next_change:
        found = found.filter(day__lt=next_change)
    return found.select_related("citizen", "service", "slot", "second_slot").order_by("starts_at")


def _seats_by_turn(hours: Iterable[Stretch]) -> list[dict[Turn, int]]:
    """For each weekday, its turns and how many seats each has."""
    days: list[dict[Turn, int]] = [{} for _ in range(7)]
    for stretch in hours:
        days[stretch.weekday].update(dict.fromkeys(turns_of(stretch), stretch.seats))
    return days


def _turn_of(slot: Slot) -> Turn:
    begins, ends = (moment.astimezone(TEHRAN).time() for moment in (slot.starts_at, slot.ends_at))
    return begins, ends


def _crowded(taken: Counter[datetime], seats: list[dict[Turn, int]]) -> list[Crowded]:
    found = []
    for starts_at, number in sorted(taken.items()):
        begins = starts_at.astimezone(TEHRAN)
        turns = seats[weekday(begins.date())]
        has = next(each for (opens, _), each in turns.items() if opens == begins.time())
        if number > has:
            found.append(Crowded(starts_at, number, has))
    return found


def _week(hours: Iterable[Stretch | WeeklyHours]) -> list[DayOfWeek]:
    stretches = list(hours)
    return [_day([each for each in stretches if each.weekday == day], day) for day in range(7)]


def _day(stretches: Sequence[Stretch | WeeklyHours], number: int) -> DayOfWeek:
    turns = [(turn, stretch.seats) for stretch in stretches for turn in turns_of(stretch)]
    return DayOfWeek(
        weekday=number,
        turns=len(turns),
        seats=sum(seats for _, seats in turns),
        first=min((begins for (begins, _), _ in turns), default=None),
        last=max((ends for (_, ends), _ in turns), default=None),
    )
