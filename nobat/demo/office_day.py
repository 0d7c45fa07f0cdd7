"""An office of the demo in the middle of its day, so that its desk has something to show."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from nobat.demo.accounts import demo_offices
from nobat.demo.agreed import agree, came
from nobat.demo.names import FIRST_NAMES
from nobat.demo.staff import first_clerk
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office, Service
from nobat.people.models import IdentityKind, Person
from nobat.shared.jalali import TEHRAN, tehran_day
from nobat.visits.models import OfficeDay, Visit, VisitState

# Minutes from now, and what has become of them; None: not here yet.
TODAY: list[tuple[int, VisitState | None]] = [
    (-150, VisitState.SERVED),
    (-150, VisitState.SERVED),
    (-120, VisitState.PAPERS_MISSING),
    (-120, VisitState.SERVED),
    (-90, VisitState.SERVED),
    (-60, VisitState.BEING_SERVED),
    (-60, None),
    (-30, VisitState.WAITING),
    (0, VisitState.WAITING),
    (0, VisitState.WAITING),
    (30, None),
    (30, None),
    (60, None),
    (60, None),
    (90, None),
    (120, None),
]
WALKED_IN = "رضا"
# So that all of it lies within one day, whatever hour the demo is made at.
BEFORE, AFTER = timedelta(minutes=160), timedelta(minutes=190)


def open_office_day() -> None:
    """Give the first of the demo's offices its people of today."""
    office, clerk = next(iter(demo_offices()), None), first_clerk()
    if office is None or clerk is None:
        return
    services = list(Service.objects.filter(officeservice__office=office, is_bookable=True)[:6])
    now = _within_the_day(timezone.now())
    number = 0
    for place, ((minutes, state), citizen) in enumerate(zip(TODAY, _people(), strict=False)):
        starts_at = now + timedelta(minutes=minutes)
        appointment = agree(citizen, office, services[place % len(services)], starts_at)
        if state:
            number += 1
            came(appointment, state, clerk=clerk, number=number)
    _walk_in(office, clerk, services[0], number + 1, now)


def _people() -> list[Person]:
    """Some of those who have taken seats in the country; none of them today."""
    taken_seats = Person.objects.filter(identity_kind=IdentityKind.FOREIGN_UNIQUE)
    # In a large country so far apart that no two have a name in common.
    apart = len(FIRST_NAMES) + 1
    people = list(taken_seats.order_by("mobile")[: len(TODAY) * apart])
    return people[:: max(len(people) // len(TODAY), 1)][: len(TODAY)]


def _walk_in(office: Office, clerk: Person, service: Service, number: int, now: datetime) -> None:
    day = tehran_day(now)
    arrived_at = now - timedelta(minutes=10)
    visit = Visit.objects.create(
        office=office,
        day=day,
        number=number,
        name=WALKED_IN,
        service=service,
        arrived_at=arrived_at,
        recorded_by=clerk,
    )
    OfficeDay.objects.update_or_create(office=office, day=day, defaults={"last_number": number})
    record(Act.WALKED_IN, visit, by=clerk, at=arrived_at, has_seat=False)


def _within_the_day(now: datetime) -> datetime:
    """The last full ten minutes, or as near to it as leaves room on both sides."""
    midnight = datetime.combine(tehran_day(now), time.min, TEHRAN)
    full = now.astimezone(TEHRAN).replace(second=0, microsecond=0)
    full -= timedelta(minutes=full.minute % 10)
    return min(max(full, midnight + BEFORE), midnight + timedelta(days=1) - AFTER)
