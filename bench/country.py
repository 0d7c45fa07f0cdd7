"""A country to measure: offices with hours and slots, and citizens who are signed in."""

from datetime import date, time, timedelta
from itertools import cycle

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from bench.plan import Plan
from nobat.offices.find import search_keys
from nobat.offices.models import County, Office, OfficeService, Service
from nobat.people.models import IdentityKind, Person, Session
from nobat.people.sessions import SessionStore
from nobat.schedule.models import WeeklyHours
from nobat.schedule.publish import publish_slots
from nobat.shared.sealed import digest, seal

SERVICE = "petition"
CONTEXT = "people.Person.identity"


def make_country(plan: Plan) -> None:
    """Tables, offices, slots and citizens, in the database of the settings."""
    call_command("migrate", interactive=False, verbosity=0)
    _make_offices(plan.offices)
    publish_slots(ahead=timedelta(days=plan.days))
    _make_sessions(_make_citizens(plan.citizens))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    connections.close_all()


def _make_offices(count: int) -> None:
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
        for number, county in zip(range(count), counties, strict=False)
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


def _make_citizens(count: int) -> list[Person]:
    password, now = make_password("made only to be measured"), timezone.now()
    return Person.objects.bulk_create(
        (
            Person(
                mobile=f"+9891{number:08}",
                password=password,
                first_name="شهروند",
                last_name="سنجش",
                identity_kind=IdentityKind.FOREIGN_UNIQUE,
                identity_sealed=seal(f"{number:012}", CONTEXT),
                identity_digest=digest(f"{number:012}", CONTEXT),
                identity_tail=f"{number % 1000:03}",
                joined_at=now,
            )
            for number in range(count)
        ),
        batch_size=2000,
    )


def _make_sessions(citizens: list[Person]) -> None:
    now, store = timezone.now(), SessionStore()
    password_hash = citizens[0].get_session_auth_hash()  # all have the same password
    Session.objects.bulk_create(
        (
            Session(
                session_key=session_key_of(citizen.pk),
                session_data=store.encode(
                    {
                        SESSION_KEY: str(citizen.pk),
                        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                        HASH_SESSION_KEY: password_hash,
                    }
                ),
                expire_date=now + timedelta(days=1),
                person=citizen,
                started_at=now,
                seen_at=now,
            )
            for citizen in citizens
        ),
        batch_size=2000,
    )


def session_key_of(citizen_id: int) -> str:
    return f"measured{citizen_id:024}"
