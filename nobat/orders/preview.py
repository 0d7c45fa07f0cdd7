"""What an order would do, before anything is done: whom it touches, and what they could get."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, F, Sum

from nobat.appointments import policy
from nobat.appointments.models import Appointment
from nobat.offices.models import County, Office, OfficeStatus
from nobat.orders.scope import Seen, offices_in, seen_now, touched
from nobat.schedule.models import ClosureOrder, Slot
from nobat.shared.jalali import tehran_day
from nobat.sms.unreached import unreached


class CountyLine(NamedTuple):
    """What closes in one county; the last three add up to its appointments."""

    county: County  # with its province
    offices: int
    appointments: int
    same_office: int
    other_office: int
    none: int


class Preview(NamedTuple):
    """`lines` are estimates: people answer, and others book, while it is carried out."""

    seen: Seen
    offices: int
    lines: list[CountyLine]  # the most appointments first
    unreached: int  # people at whose mobile messages did not arrive lately
    example: Appointment | None  # the first to be told

    @property
    def same_office(self) -> int:
        return sum(line.same_office for line in self.lines)

    @property
    def other_office(self) -> int:
        return sum(line.other_office for line in self.lines)

    @property
    def none(self) -> int:
        return sum(line.none for line in self.lines)


def preview_of(order: ClosureOrder, now: datetime) -> Preview:
    """From the same question as the execution (scope.touched), with its version."""
    mobiles = touched(order).values_list("citizen__mobile", flat=True)
    example = touched(order).select_related("office", "citizen").order_by("starts_at", "pk")
    lines = _lines(order, now)
    return Preview(
        seen=seen_now(order, now),
        offices=sum(line.offices for line in lines),
        lines=lines,
        unreached=len(unreached(mobiles, now)),
        example=example.first(),
    )


def _lines(order: ClosureOrder, now: datetime) -> list[CountyLine]:
    """People go to the same office as long as it has seats, then to others of the province."""
    offices = dict(offices_in(order).order_by().values_list("county").annotate(number=Count("pk")))
    counties = County.objects.filter(pk__in=offices).select_related("province")
    people = _people(order)
    free = _free(order, now)
    left = _left_in_provinces(people, free)
    lines = []
    for county in counties:
        here = {office: number for (office, where), number in people.items() if where == county.pk}
        same = sum(min(number, free.get(office, 0)) for office, number in here.items())
        without = sum(here.values()) - same
        other = min(without, left[county.province_id])
        left[county.province_id] -= other
        total = same + without
        lines.append(CountyLine(county, offices[county.pk], total, same, other, without - other))
    return sorted(lines, key=lambda line: -line.appointments)


def _people(order: ClosureOrder) -> dict[tuple[int, int], int]:
    """How many each office, named with its county, would have to move."""
    counted = touched(order).order_by().values_list("office", "office__county")
    return {
        (office, county): number for office, county, number in counted.annotate(number=Count("pk"))
    }


def _free(order: ClosureOrder, now: datetime) -> dict[int, int]:
    """Free seats of each office of these provinces on the days after, that stay open."""
    provinces = offices_in(order).order_by().values("county__province")
    first, last = policy.bookable_days(tehran_day(now))
    first = max(first, order.last_day + timedelta(days=1))
    last = min(last, first + policy.SAME_OFFICE_WITHIN)
    slots = Slot.objects.free().between(first, last)
    slots = slots.filter(office__county__province__in=provinces, office__status=OfficeStatus.OPEN)
    counted = slots.order_by().values_list("office")
    return dict(counted.annotate(seats=Sum(F("offered") - F("taken"))))


def _left_in_provinces(people: dict[tuple[int, int], int], free: dict[int, int]) -> dict[str, int]:
    """Seats that are left in each province when every office has served its own people."""
    wanted = {office: number for (office, _), number in people.items()}
    left: dict[str, int] = defaultdict(int)
    provinces = dict(Office.objects.filter(pk__in=free).values_list("pk", "county__province"))
    for office, seats in free.items():
        left[provinces[office]] += max(seats - wanted.get(office, 0), 0)
    return left
