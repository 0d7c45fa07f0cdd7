"""A whole fictional country: offices, their hours, and seats that people have taken."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from nobat.demo.accounts import open_accounts
from nobat.demo.names import CLOSURES, FIRST_NAMES, LAST_NAMES, OFFICES, STREETS
from nobat.demo.office_day import open_office_day
from nobat.demo.past import live_through_the_past
from nobat.demo.places import PROVINCES, spread
from nobat.demo.progress import Progress
from nobat.demo.staff import open_staff
from nobat.demo.turns import take_seats
from nobat.offices.find import search_keys
from nobat.offices.models import County, Office, OfficeService, Service
from nobat.schedule.holidays import import_holidays_ahead
from nobat.schedule.models import Closure, WeeklyHours
from nobat.schedule.publish import publish_slots
from nobat.shared.jalali import tehran_day
from nobat.shared.persian import fa_digits

CODE_PREFIX = "900"  # no real office has it
SCATTER_DEGREES = 0.015  # about a mile and a half around the seat of the county
SATURDAY_TO_WEDNESDAY, THURSDAY = range(5), 5
MORNINGS = [(time(8), time(14)), (time(7, 30), time(13, 30)), (time(8, 30), time(14, 30))]
MINUTES = [15, 20, 30, 30, 30, 40]
SEATS = [1, 2, 2, 3, 3, 4, 6]
WITH_THURSDAY, WITH_CLOSURE, OFFERING_EACH_SERVICE = 0.4, 0.05, 0.92
ALWAYS_OFFERED = {"petition", "sana"}


@dataclass
class Size:
    offices: int
    days: int
    seed: int


@transaction.atomic
def make_country(size: Size, progress: Progress) -> None:
    """Make it all or nothing; the same seed on the same day makes the same country."""
    chance = Random(size.seed)
    today = tehran_day(timezone.now())
    import_holidays_ahead()
    offices = _open_offices(size, chance, progress)
    _set_hours(offices, chance, today)
    _close_some_days(offices, chance, today, size.days)
    progress.begin("hours", len(offices))
    publish_slots(ahead=timedelta(days=size.days), after_each_batch=progress.step)
    take_seats(size.seed, today, progress)
    open_accounts(today)
    open_staff()
    open_office_day()
    live_through_the_past(size.seed, today, progress)


def gather_statistics() -> None:
    """So much came at once that the database has to look at it anew."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _open_offices(size: Size, chance: Random, progress: Progress) -> list[Office]:
    counties = list(County.objects.order_by("code"))
    given = spread(size.offices, counties, chance)
    progress.begin("offices", size.offices)
    offices = [
        office
        for province in PROVINCES
        for office in _offices_of(province, counties, given, chance, progress)
    ]
    Office.objects.bulk_create(offices, batch_size=1000)
    services = list(Service.objects.filter(is_bookable=True).order_by("pk"))
    OfficeService.objects.bulk_create(
        (
            OfficeService(office=office, service=service)
            for office in offices
            for service in services
            if service.code in ALWAYS_OFFERED or chance.random() < OFFERING_EACH_SERVICE
        ),
        batch_size=5000,
    )
    return offices


def _offices_of(
    province: str,
    counties: list[County],
    given: dict[str, int],
    chance: Random,
    progress: Progress,
) -> Iterator[Office]:
    number = 0
    here = [county for county in counties if county.province_id == province]
    seat = next(county for county in here if county.code == PROVINCES[province].seat)
    for county in here:
        names = chance.sample(OFFICES, len(OFFICES))
        for nth in range(given[county.code]):
            number += 1
            progress.step()
            yield _office(number, names[nth % len(names)], nth // len(names), county, seat, chance)


def _office(
    number: int, name: str, repeated: int, county: County, seat: County, chance: Random
) -> Office:
    if repeated:  # more offices than names in a large county
        name = f"{name} {fa_digits(repeated + 1)}"
    manager = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
    centre = county if county.lat is not None else seat
    lat, lon = centre.lat or 0, centre.lon or 0
    return Office(
        code=f"{CODE_PREFIX}{county.province_id}{number:03}",
        name=name,
        manager=manager,
        county=county,
        address=(
            f"خیابان {chance.choice(STREETS)}، کوچهٔ {fa_digits(chance.randint(1, 40))}، "
            f"پلاک {fa_digits(chance.randint(1, 200))}"
        ),
        phone=f"{PROVINCES[county.province_id].area_code}3200{number:04}",
        lat=round(lat + chance.gauss(0, SCATTER_DEGREES), 5),
        lon=round(lon + chance.gauss(0, SCATTER_DEGREES), 5),
        **search_keys(name=name, manager=manager),
    )


def _set_hours(offices: list[Office], chance: Random, today: date) -> None:
    rows = []
    for office in offices:
        (opens_at, closes_at), minutes = chance.choice(MORNINGS), chance.choice(MINUTES)
        seats = chance.choice(SEATS)
        days = [(weekday, closes_at) for weekday in SATURDAY_TO_WEDNESDAY]
        if chance.random() < WITH_THURSDAY:
            days.append((THURSDAY, time(12)))
        rows += [
            WeeklyHours(
                office=office,
                valid_from=today - timedelta(days=365),
                weekday=weekday,
                opens_at=opens_at,
                closes_at=closes,
                minutes=minutes,
                seats=seats,
            )
            for weekday, closes in days
        ]
    WeeklyHours.objects.bulk_create(rows, batch_size=5000)


def _close_some_days(offices: list[Office], chance: Random, today: date, days: int) -> None:
    Closure.objects.bulk_create(
        Closure(
            office=office,
            day=today + timedelta(days=chance.randint(2, max(days, 2))),
            reason=chance.choice(CLOSURES),
        )
        for office in offices
        if chance.random() < WITH_CLOSURE
    )
