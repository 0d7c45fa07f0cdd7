"""Which offices, and which appointments in them, an order of closure reaches."""

import hashlib
from datetime import datetime, timedelta
from typing import NamedTuple, Self

from django.db.models import Q
from django.db.models.expressions import RawSQL

from nobat.appointments.models import Appointment, AppointmentQuerySet, Status
from nobat.offices.models import Office, OfficeQuerySet, OfficeStatus
from nobat.schedule.models import ClosureOrder, span_of

# Bookings go on while somebody looks. In a large closure so few more are told all the same.
STILL_AS_SEEN = 0.02
SEEN_FOR = timedelta(minutes=30)
# Who took a seat first keeps it, where a share of the seats stays.
_BEYOND_THE_SHARE = """
SELECT seat.id FROM (
    SELECT a.id, s.capacity,
        row_number() OVER (PARTITION BY s.id ORDER BY a.booked_at, a.id) AS place
    FROM appointments_appointment a
    JOIN schedule_slot s ON s.id IN (a.slot_id, a.second_slot_id)
    WHERE a.status IN ('booked', 'checked_in') AND a.office_id = ANY (%s)
      AND a.day BETWEEN %s AND %s
) seat WHERE seat.place > ceil(seat.capacity * %s / 100.0)
"""


class Seen(NamedTuple):
    """What somebody has looked at before deciding."""

    appointments: int
    fingerprint: str  # of every appointment, and every office
    at: datetime

    def __str__(self) -> str:
        return f"{self.appointments}.{self.fingerprint}.{self.at.timestamp():.0f}"

    def is_still(self, now: "Seen") -> bool:
        """Whether what is true now may be done by somebody who has seen this."""
        if self.fingerprint == now.fingerprint:
            return True
        more = now.appointments - self.appointments
        return now.at - self.at < SEEN_FOR and more <= self.appointments * STILL_AS_SEEN

    @classmethod
    def read(cls, text: str, like: Self) -> Self | None:
        """From its text; None if it is none."""
        appointments, _, rest = text.partition(".")
        fingerprint, _, at = rest.partition(".")
        if not (appointments.isdecimal() and at.isdecimal() and len(at) < 12):
            return None
        return cls(int(appointments), fingerprint, datetime.fromtimestamp(int(at), like.at.tzinfo))


def offices_in(order: ClosureOrder) -> OfficeQuerySet:
    """Those it names, minus the exceptions; an office that is no more has nobody to tell.

    Once it is given, those that it has closed: whatever becomes of an office meanwhile,
    its people are told.
    """
    if order.pk:
        return Office.objects.filter(pk__in=order.closures.values("office"))
    named = (
        Q(county__province__in=order.provinces)
        | Q(county__code__in=order.counties)
        | Q(code__in=order.offices)
    )
    offices = Office.objects.exclude(status=OfficeStatus.CLOSED)
    offices = offices if order.is_nationwide else offices.filter(named)
    if order.spares_exempt:
        offices = offices.filter(is_exempt=False)
    return offices.exclude(county__code__in=order.but_counties).exclude(code__in=order.but_offices)


def touched(order: ClosureOrder) -> AppointmentQuerySet:
    """Every appointment that stands in what closes, if only in part of its hour.

    Preview and execution both ask this. Where a share of the seats stays, those who took
    theirs first keep them.
    """
    standing = Appointment.objects.filter(
        in_closed_hours(order, "starts_at", "ends_at"),
        office__in=offices_in(order),
        day__range=(order.first_day, order.last_day),
        status=Status.BOOKED,
    )
    if not order.stays:
        return standing
    ids = list(offices_in(order).values_list("pk", flat=True))
    values = [ids, order.first_day, order.last_day, order.stays]
    return standing.filter(pk__in=RawSQL(_BEYOND_THE_SHARE, values))  # noqa: S611 (no text of anybody's)


def in_closed_hours(order: ClosureOrder, starts_at: str, ends_at: str) -> Q:
    """Rows whose time, in these two columns, lies in the hours of one of the days."""
    if order.from_hour is None:
        return Q()
    hours = Q()
    for day in order.days:
        begins, ends = span_of(day, order.from_hour, order.until_hour)
        hours |= Q(**{f"{starts_at}__lt": ends, f"{ends_at}__gt": begins})
    return hours


def seen_now(order: ClosureOrder, now: datetime) -> Seen:
    """The version of what a preview shows."""
    appointments = list(touched(order).order_by("pk").values_list("pk", "moves"))
    offices = list(offices_in(order).order_by("pk").values_list("pk", flat=True))
    said = repr((appointments, offices)).encode()
    fingerprint = hashlib.sha256(said).hexdigest()[:16]
    return Seen(len(appointments), fingerprint, now)
