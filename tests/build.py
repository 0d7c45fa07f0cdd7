"""Builders with sensible defaults: a test names only what it is about."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from importlib import import_module
from uuid import UUID, uuid4

from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from nobat.appointments.as_it_stands import lock_as_it_stands
from nobat.appointments.book import book_appointment
from nobat.appointments.close import Closed, affected_by, close_office
from nobat.appointments.models import Appointment, NotPossibleNow, Status, Suspension
from nobat.appointments.move import move_appointment
from nobat.appointments.no_show import mark_no_show
from nobat.appointments.rules import Rule
from nobat.appointments.set_rule import number_on, set_rule
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.find import search_keys
from nobat.offices.models import (
    County,
    Membership,
    Office,
    OfficeService,
    Province,
    Role,
    Service,
)
from nobat.people.models import IdentityKind, Person, SecondFactor
from nobat.people.recovery_codes import renew_recovery_codes
from nobat.people.second_factor import SECRET
from nobat.people.sessions import SECOND_FACTOR_AT
from nobat.schedule.models import Slot, WeeklyHours
from nobat.shared.jalali import TEHRAN
from nobat.shared.sealed import digest, seal
from nobat.visits.models import ENDS_A_VISIT, OfficeDay, Visit, VisitState

TOMORROW = date(2026, 5, 3)  # a Sunday: tests begin on Saturday, 2 May 2026
HALF_AN_HOUR = timedelta(minutes=30)
PASSWORD = "Sarv-Naz-41"
SECOND_FACTOR = "NOBATTESTSECRET2NOBATTESTSECRET2"  # what everybody's authenticator app holds
# Argon2 is slow on purpose; one hash serves every person of the tests.
_PASSWORD_HASHES: dict[str, str] = {}


def make_person(
    first_name: str = "نرگس",
    last_name: str = "احمدی‌پور",
    *,
    mobile: str,
    password: str = PASSWORD,
    national_code: str | None = None,
) -> Person:
    number = national_code or national_code_for(mobile)
    person = Person(
        mobile=mobile,
        first_name=first_name,
        last_name=last_name,
        identity_kind=IdentityKind.NATIONAL,
        identity_sealed=seal(number, "people.Person.identity"),
        identity_digest=digest(number, "people.Person.identity"),
        identity_tail=number[-3:],
        joined_at=timezone.now(),
    )
    if password not in _PASSWORD_HASHES:
        person.set_password(password)
        _PASSWORD_HASHES[password] = person.password
    person.password = _PASSWORD_HASHES[password]
    person.save()
    return person


def national_code_for(mobile: str) -> str:
    """A national code with a right check digit, another one for each mobile."""
    digits = mobile[-9:]
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11
    return digits + str(rest if rest < 2 else 11 - rest)


def sign_in(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def make_staff(
    office: Office, first_name: str, last_name: str, *, mobile: str, role: Role = Role.CLERK
) -> Person:
    """Somebody with a role at the office; `sign_in_staff` signs them in."""
    person = make_person(first_name, last_name, mobile=mobile)
    Membership.objects.create(person=person, office=office, role=role, since=timezone.now())
    return person


def sign_in_staff(client: Client, person: Person) -> Client:
    """As after password and second factor."""
    client.force_login(person)
    session = client.session
    session[SECOND_FACTOR_AT] = timezone.now().isoformat()
    session.save()
    return client


def confirm_second_factor(person: Person) -> list[str]:
    """As after the first sign-in, with SECOND_FACTOR; the codes for paper."""
    SecondFactor.objects.update_or_create(
        person=person,
        defaults={
            "secret_sealed": seal(SECOND_FACTOR, SECRET),
            "confirmed_at": timezone.now(),
            "last_step": 0,
        },
    )
    return renew_recovery_codes(person=person)


def make_service(code: str, title: str, **fields) -> Service:
    position = Service.objects.count()
    service, _ = Service.objects.update_or_create(
        code=code, defaults={"title": title, "position": position, **fields}
    )
    return service


def make_county(code: str = "0707", name: str = "شیراز", **fields) -> County:
    """The county of that code: all of Iran's are there, from a migration."""
    found = County.objects.filter(code=code).first()
    if found:
        return found
    province, _ = Province.objects.get_or_create(
        code=code[:2], defaults={"name": "استان", "position": 99}
    )
    return County.objects.create(
        code=code,
        province=province,
        name=name,
        name_key=name,
        position=999,
        **{"lat": 29.6, "lon": 52.5, **fields},
    )


def make_office(
    code: str, *, services: Sequence[Service] = (), county: County | None = None, **fields
) -> Office:
    values = {
        "name": "نارنجستان",
        "manager": "بهرام کیانی",
        "address": "خیابان ارم، کوچهٔ ۵، پلاک ۱۲",
        "phone": "07132000112",
        "lat": 29.61,
        "lon": 52.53,
        **fields,
    }
    office = Office.objects.create(
        code=code,
        county=county or make_county(),
        **values,
        **search_keys(name=values["name"], manager=values["manager"]),
    )
    OfficeService.objects.bulk_create(
        OfficeService(office=office, service=service) for service in services
    )
    return office


def make_hours(office: Office, weekdays: Sequence[int], **fields) -> None:
    """The same hours on each of the weekdays (0 is Saturday)."""
    values = {
        "valid_from": date(2026, 1, 1),
        "opens_at": time(8),
        "closes_at": time(12),
        "minutes": 30,
        "seats": 2,
        **fields,
    }
    WeeklyHours.objects.bulk_create(
        WeeklyHours(office=office, weekday=weekday, **values) for weekday in weekdays
    )


def make_slot(
    office: Office,
    hour: str,
    *,
    day: date = TOMORROW,
    capacity: int = 1,
    length: timedelta = HALF_AN_HOUR,
) -> Slot:
    starts_at = datetime.combine(day, time.fromisoformat(hour), TEHRAN)
    slot = Slot.objects.create(
        office=office,
        day=day,
        starts_at=starts_at,
        ends_at=starts_at + length,
        capacity=capacity,
        offered=capacity,
    )
    slot.refresh_from_db()
    return slot


def book(
    citizen: Person,
    slot: Slot,
    service: Service,
    *,
    cases: int = 1,
    key: UUID | None = None,
) -> Appointment:
    turn = book_appointment(
        citizen=citizen,
        slot_id=slot.pk,
        service=service.code,
        cases=cases,
        key=key or uuid4(),
    )
    return Appointment.objects.get(pk=turn.appointment_id)


def move(appointment: Appointment, slot: Slot, **changes) -> Appointment:
    values = {
        "service": appointment.service.code,
        "cases": appointment.cases,
        "key": uuid4(),
        **changes,
    }
    turn = move_appointment(appointment=appointment, slot_id=slot.pk, **values)
    return Appointment.objects.get(pk=turn.appointment_id)


def miss(appointment: Appointment) -> Suspension:
    """The day goes by, and its citizen does not come."""
    return mark_no_show(appointment=appointment, now=appointment.ends_at + timedelta(hours=1))


def make_visit(
    office: Office,
    *,
    by: Person,
    appointment: Appointment | None = None,
    day: date = TOMORROW,
    state: VisitState = VisitState.SERVED,
    **fields,
) -> Visit:
    """Somebody came, with their number: to this appointment, or without one."""
    now = timezone.now()
    if appointment:
        _check_in(appointment, by, now)
    office_day, _ = OfficeDay.objects.get_or_create(office=office, day=day)
    office_day.last_number += 1
    office_day.save()
    return Visit.objects.create(
        office=office,
        day=day,
        number=office_day.last_number,
        appointment=appointment,
        name="" if appointment else "بی‌نوبت",
        state=state,
        arrived_at=now,
        finished_at=now if state in ENDS_A_VISIT else None,
        recorded_by=by,
        **fields,
    )


def _check_in(appointment: Appointment, by: Person, now: datetime) -> None:
    with transaction.atomic():
        lock_as_it_stands(appointment)
        if appointment.status != Status.BOOKED:
            raise NotPossibleNow
        appointment.change_status(Status.CHECKED_IN, now)
        record(Act.CHECKED_IN, appointment, by=by, at=now)


def make_rule(name: str, number: int, *, by: Person, valid_from: date = TOMORROW) -> Rule:
    """The association has set it, from tomorrow on or from that day."""
    seen = number_on(name, valid_from)
    return set_rule(name=name, number=number, valid_from=valid_from, why="آزمایش", by=by, seen=seen)


def bring_back_places_and_services() -> None:
    """What migrations brought, and tests with their own transactions have emptied."""
    if not Service.objects.exists():
        for name in ("0002_provinces_and_counties", "0003_services"):
            import_module(f"nobat.offices.migrations.{name}").fill(apps, None)
    cache.clear()


def close(
    office: Office,
    *,
    by: Person,
    day: date = TOMORROW,
    hours: tuple[time | None, time | None] = (None, None),
    reason: str = "قطع برق محله",
) -> Closed:
    """Close the day, or these hours of it; whoever stands in them is displaced."""
    when = {"office": office, "day": day, "from_hour": hours[0], "until_hour": hours[1]}
    return close_office(reason=reason, by=by, seen=affected_by(**when).version, **when)
