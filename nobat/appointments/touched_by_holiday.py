"""Whom a day touches that becomes a holiday, and how much of that somebody has seen."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count

from nobat.appointments.models import Appointment, AppointmentQuerySet, Status
from nobat.shared.jalali import start_of_day

# While somebody looks at the numbers of a whole country, people go on booking: so many of
# a hundred more do not make it another decision.
_MORE_IS_THE_SAME = 2


class TouchedProvince(NamedTuple):
    code: str
    name: str
    offices: int
    appointments: int


class Touched(NamedTuple):
    provinces: list[TouchedProvince]

    @property
    def appointments(self) -> int:
        return sum(each.appointments for each in self.provinces)

    @property
    def offices(self) -> int:
        return sum(each.offices for each in self.provinces)

    @property
    def version(self) -> str:
        """The numbers that stand on the page: «07:12,23:340»."""
        return ",".join(f"{each.code}:{each.appointments}" for each in self.provinces)

    def was_seen(self, version: str) -> bool:
        """False if in some province more people are touched by now than stood on the page.

        Two of a hundred more are the same; of fewer than fifty each one counts.
        """
        seen = _numbers(version)
        return all(
            each.appointments * 100 <= seen.get(each.code, 0) * (100 + _MORE_IS_THE_SAME)
            for each in self.provinces
        )


def touched_by_holiday(day: date) -> Touched:
    """The appointments that stand on that day, by province."""
    province = "office__county__province"
    found = (
        standing_on(day)
        .order_by(f"{province}__position")
        .values_list(f"{province}_id", f"{province}__name")
        .annotate(Count("office", distinct=True), Count("pk"))
    )
    return Touched([TouchedProvince(*row) for row in found])


def standing_on(day: date) -> AppointmentQuerySet:
    # By their end too, for the index of those that stand.
    begins, ends = start_of_day(day), start_of_day(day + timedelta(days=1))
    return Appointment.objects.filter(
        status=Status.BOOKED, day=day, ends_at__gt=begins, ends_at__lte=ends
    )


def _numbers(version: str) -> dict[str, int]:
    pairs = (each.partition(":") for each in version.split(","))
    return {code: int(number) for code, _, number in pairs if number.isdecimal()}
