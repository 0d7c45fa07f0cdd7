"""A country to measure: offices with hours and slots, and people who are signed in."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import cycle

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import MD5PasswordHasher, make_password
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from bench.booked import take_turns
from bench.plan import Plan
from nobat.offices.find import search_keys
from nobat.offices.models import County, Membership, Office, OfficeService, Role, Service
from nobat.people.models import IdentityKind, Person, Session
from nobat.people.sessions import SECOND_FACTOR_AT, SessionStore
from nobat.schedule.models import WeeklyHours
from nobat.schedule.publish import publish_slots
from nobat.shared.sealed import digest, seal

SERVICE = "petition"
CONTEXT = "people.Person.identity"
PASSWORD = "made-only-to-be-measured"
CITIZENS, CLERKS = "+9891", "+9892"  # how their mobiles begin


def make_country(plan: Plan) -> None:
    """Tables, offices, slots, citizens and clerks, in the database of the settings."""
    call_command("migrate", interactive=False, verbosity=0)
    offices = make_offices(plan.offices, days=plan.days)
    _make_sessions(_make_people(CITIZENS, plan.citizens))
    _make_clerks(offices)
    with connection.cursor() as cursor:
        # The first plans stay: they must not be made for tables in which nothing stands.
        cursor.execute("VACUUM (ANALYZE)")
        take_turns(cursor, plan.booked, service=SERVICE)
        cursor.execute("VACUUM (ANALYZE)")
    connections.close_all()


def make_offices(count: int, *, days: int, first: int = 0) -> list[Office]:
    """So many more offices, spread over all counties, with slots so many days ahead."""
    names = {"name": "سنجش", "manager": "مدیر سنجش"}
    counties = cycle(County.objects.order_by("code"))
    offices = Office.objects.bulk_create(
        Office(
            code=str(100_000 + number),
            county=county,
            address="خیابان یکم، پلاک ۱",
            phone="07132000000",
            lat=county.lat or 32.0,
            lon=county.lon or 53.0,
            **names,
            **search_keys(**names),
        )
        for number, county in zip(range(first, first + count), counties, strict=False)
    )
    services = Service.objects.filter(is_bookable=True)
    OfficeService.objects.bulk_create(
        OfficeService(office=office, service=service) for office in offices for service in services
    )
    WeeklyHours.objects.bulk_create(
        WeeklyHours(
            office=office,
            valid_from=date(2020, 1, 1),
            weekday=weekday,
            opens_at=time(8),
            closes_at=time(15),
            minutes=30,
            seats=1 + number % 6,
        )
        for number, office in enumerate(offices)
        for weekday in range(6)
    )
    publish_slots(ahead=timedelta(days=days))
    return offices


def _make_people(mobiles: str, count: int) -> list[Person]:
    # Not as dear as ours: signing in is measured without the hashing (settings.py).
    password, now = make_password(PASSWORD, hasher=MD5PasswordHasher()), timezone.now()
    return Person.objects.bulk_create(
        (
            Person(
                mobile=f"{mobiles}{number:08}",
                password=password,
                first_name="شهروند",
                last_name="سنجش",
                identity_kind=IdentityKind.FOREIGN_UNIQUE,
                identity_sealed=seal(f"{number:012}", CONTEXT),
                identity_digest=digest(f"{mobiles}{number}", CONTEXT),
                identity_tail=f"{number % 1000:03}",
                joined_at=now,
            )
            for number in range(count)
        ),
        batch_size=2000,
    )


def _make_clerks(offices: list[Office]) -> None:
    """One at each office, signed in with a second factor."""
    now, clerks = timezone.now(), _make_people(CLERKS, len(offices))
    Membership.objects.bulk_create(
        Membership(person=clerk, office=office, role=Role.CLERK, since=now)
        for clerk, office in zip(clerks, offices, strict=True)
    )
    _make_sessions(clerks, second_factor_at=now)


def _make_sessions(people: Iterable[Person], second_factor_at: datetime | None = None) -> None:
    now, store = timezone.now(), SessionStore()
    more = {SECOND_FACTOR_AT: second_factor_at.isoformat()} if second_factor_at else {}
    rows = []
    for person in people:
        proof = person.get_session_auth_hash()
        said = {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: proof,
        }
        rows.append(
            Session(
                session_key=session_key_of(person.pk),
                session_data=store.encode(said | more),
                expire_date=now + timedelta(days=1),
                person=person,
                started_at=now,
                seen_at=now,
                second_factor_at=second_factor_at,
                fits=proof,
            )
        )
    Session.objects.bulk_create(rows, batch_size=2000)


def session_key_of(person_id: int) -> str:
    return f"measured{person_id:024}"
