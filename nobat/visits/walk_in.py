"""Somebody comes without an appointment and gets a number in the same queue."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.models import Appointment, Status
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office, OfficeStatus, Service
from nobat.people.models import Person
from nobat.shared.jalali import tehran_day
from nobat.shared.persian import clean
from nobat.shared.rules import RuleBroken
from nobat.visits.models import Visit
from nobat.visits.numbers import next_number

LONGEST_NAME = 60


class SeatNotFree(RuleBroken):
    message = (
        "این جا دیگر خالی نیست. صاحب نوبت آمده یا جایش به کس دیگری داده شده است. جای دیگری انتخاب "
        "کنید یا بدون جا در صف بنشانید."
    )


class OfficeIsShut(RuleBroken):
    message = "این دفتر اکنون کار نمی‌کند و شماره‌ای نمی‌دهد. وضعیت دفتر را از کانون بپرسید."


def seats_to_give(office: Office, now: datetime) -> list[Appointment]:
    """Whose seats of today may be given away: not here so long after their hour."""
    late = Appointment.objects.filter(
        office=office,
        day=tehran_day(now),
        status=Status.BOOKED,
        starts_at__lte=now - policy.rules_on(tehran_day(now)).seat_kept_for,
        seat_given_to=None,
    )
    return list(late.select_related("citizen").order_by("starts_at", "pk"))


def walk_in(
    *,
    office: Office,
    by: Person,
    name: str = "",
    service: Service | None = None,
    in_place_of: Appointment | None = None,
) -> Visit:
    """The next number. With the seat of somebody who did not come they are served among
    those whose hour has come; without one, after them.

    Whoever that seat belonged to is still checked in when they come late (published rule
    5). Raises SeatNotFree, OfficeIsShut.
    """
    now = timezone.now()
    if office.status != OfficeStatus.OPEN:
        raise OfficeIsShut
    if in_place_of and in_place_of not in seats_to_give(office, now):
        raise SeatNotFree
    try:
        with transaction.atomic():
            visit = Visit.objects.create(
                office=office,
                day=tehran_day(now),
                number=next_number(office, tehran_day(now)),
                name=clean(name)[:LONGEST_NAME],
                service=service,
                in_place_of=in_place_of,
                hour=now if in_place_of else None,
                arrived_at=now,
                recorded_by=by,
            )
            record(Act.WALKED_IN, visit, by=by, at=now, has_seat=bool(in_place_of))
    except IntegrityError:  # a colleague gave the same seat away at this moment
        raise SeatNotFree from None
    return visit
