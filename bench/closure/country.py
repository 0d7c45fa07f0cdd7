"""The country in which a province closes: offices as people live, and seats that are taken."""

from datetime import date, time, timedelta
from random import Random
from sys import stdout

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from bench.closure.plan import BUT_COUNTIES, PROVINCE, Plan
from bench.closure.seats import take_seats
from nobat.demo.places import spread
from nobat.demo.progress import Progress
from nobat.demo.turns import NOBODYS_PASSWORD
from nobat.offices.find import search_keys
from nobat.offices.models import AssociationMember, County, Office, OfficeService, Service
from nobat.people.models import IdentityKind, Person
from nobat.people.sign_up import IDENTITY
from nobat.schedule.holidays import import_holidays_ahead
from nobat.schedule.models import Holiday, WeeklyHours
from nobat.schedule.publish import publish_slots
from nobat.shared.jalali import tehran_day
from nobat.shared.sealed import digest, seal

SEED = 1405
OFFERED = ["petition", "appeal", "sana"]
RARE = "cassation"
OFFICES_WITH_RARE = 3
SCATTER_DEGREES = 0.03
OPENS_AT, CLOSES_AT, MINUTES = time(8), time(14), 30


def make_country(plan: Plan) -> date:
    """Tables, offices, slots and appointments; returns the day that is going to close."""
    progress = Progress(stdout)
    call_command("migrate", interactive=False, verbosity=0)
    import_holidays_ahead()
    with transaction.atomic():
        offices = _make_offices(plan.offices)
        day = _first_working_day()
        progress.begin("hours", len(offices))
        publish_slots(after_each_batch=progress.step)
        rare = _offer(offices)
        take_seats(plan, day, rare, progress)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    return day


def make_member() -> Person:
    """Of the association: who gives the order."""
    member = make_person(0, "سیمین", "کریمی")
    AssociationMember.objects.create(person=member, since=timezone.now())
    return member


def make_person(number: int, first_name: str, last_name: str) -> Person:
    """One of those who act while the order is carried out."""
    identity = f"8{number:011}"
    return Person.objects.create(
        mobile=f"+98991{number:07}",
        password=NOBODYS_PASSWORD,
        first_name=first_name,
        last_name=last_name,
        identity_kind=IdentityKind.FOREIGN_UNIQUE,
        identity_sealed=seal(identity, IDENTITY),
        identity_digest=digest(identity, IDENTITY),
        identity_tail=identity[-3:],
        joined_at=timezone.now(),
    )


def _first_working_day() -> date:
    holidays = set(Holiday.objects.values_list("day", flat=True))
    day = tehran_day(timezone.now()) + timedelta(days=1)
    while day in holidays:
        day += timedelta(days=1)
    return day


def _make_offices(count: int) -> list[Office]:
    chance = Random(SEED)
    names = {"name": "سنجش", "manager": "مدیر سنجش"}
    counties = list(County.objects.order_by("code"))
    given = spread(count, counties, chance)
    places = [county for county in counties for _ in range(given[county.code])]
    offices = Office.objects.bulk_create(
        Office(
            code=str(100_000 + number),
            county=county,
            address="خیابان یکم، پلاک ۱",
            phone="02132000000",
            lat=(county.lat or 32.0) + chance.gauss(0, SCATTER_DEGREES),
            lon=(county.lon or 53.0) + chance.gauss(0, SCATTER_DEGREES),
            **names,
            **search_keys(**names),
        )
        for number, county in enumerate(places)
    )
    WeeklyHours.objects.bulk_create(
        WeeklyHours(
            office=office,
            valid_from=date(2020, 1, 1),
            weekday=weekday,
            opens_at=OPENS_AT,
            closes_at=CLOSES_AT,
            minutes=MINUTES,
            seats=3 + number % 5,
        )
        for number, office in enumerate(offices)
        for weekday in range(7)  # so that it does not matter on which day this runs
    )
    return offices


def _offer(offices: list[Office]) -> list[int]:
    """The same services everywhere, but for one that a few closing offices alone have."""
    services = Service.objects.in_bulk([*OFFERED, RARE], field_name="code")
    closing = [
        office
        for office in offices
        if office.county.province_id == PROVINCE and office.county.code not in BUT_COUNTIES
    ]
    rare = {office.pk for office in closing[:OFFICES_WITH_RARE]}
    rows: list[OfficeService] = []
    for office in offices:
        codes = [*OFFERED[:2], RARE] if office.pk in rare else OFFERED
        rows += [OfficeService(office=office, service=services[code]) for code in codes]
    OfficeService.objects.bulk_create(rows, batch_size=5000)
    return sorted(rare)
