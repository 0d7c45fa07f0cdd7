"""The citizens of the demo whose way the visitor can go."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import uuid4

from django.db.models import Case, When
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.book import book_appointment
from nobat.appointments.models import Appointment, Status
from nobat.appointments.no_show import mark_no_show
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office, Service
from nobat.people.models import IdentityKind, Person
from nobat.people.passwords import set_password
from nobat.people.sign_up import IDENTITY
from nobat.schedule.models import Slot
from nobat.schedule.seats import hold_again
from nobat.shared.jalali import TEHRAN
from nobat.shared.reference import new_reference
from nobat.shared.sealed import digest, seal
from nobat.sms.models import Kind, OutgoingSms, State
from nobat.visits.models import OfficeDay, Visit, VisitState


class Account(NamedTuple):
    """One line of demo_accounts; programs read these names."""

    role: str
    mobile: str
    password: str
    totp_secret: str | None
    office: str | None


class Somebody(NamedTuple):
    mobile: str
    first_name: str
    last_name: str
    national_code: str


PASSWORD = "Sarv-Naz-41"  # noqa: S105 (of people who do not exist)
WITH_APPOINTMENTS = Somebody("09170001234", "نرگس", "احمدی‌پور", "0012345008")
NEWCOMER = Somebody("09170001235", "یاشار", "نوروزی", "0012345016")
SUSPENDED = Somebody("09170001236", "مینا", "رستگار", "0012345024")
CITIZENS = (WITH_APPOINTMENTS, NEWCOMER, SUSPENDED)
HALF_AN_HOUR = timedelta(minutes=30)


def citizens() -> list[Account]:
    return [Account("citizen", citizen.mobile, PASSWORD, None, None) for citizen in CITIZENS]


def open_accounts(today: date) -> None:
    """Their accounts, with what they have done before and what is ahead of them."""
    people = {citizen: open_account(citizen) for citizen in CITIZENS}
    office = next(iter(demo_offices()), None)
    if office is None:
        return
    service = Service.objects.get(code="petition")
    visitor = people[WITH_APPOINTMENTS]
    _past(visitor, office, service, today - timedelta(days=12), Status.CHECKED_IN)
    _past(visitor, office, service, today - timedelta(days=30), Status.CANCELLED_BY_CITIZEN)
    _book(visitor, office, service, turns=(3, 40))
    _past(visitor, office, service, today - timedelta(days=1), Status.CHECKED_IN)
    missed = _past(people[SUSPENDED], office, service, today - timedelta(days=1), Status.BOOKED)
    mark_no_show(appointment=missed, now=missed.ends_at + policy.GRACE_AFTER_LAST_TURN)


def demo_offices() -> list[Office]:
    """Two offices that the demo's people go to or work at, the first of them most: in
    Shiraz, where there are so many."""
    in_shiraz_first = Case(When(county__code="0707", then=0), default=1)
    return list(Office.objects.order_by(in_shiraz_first, "code")[:2])


def open_account(citizen: Somebody) -> Person:
    person = Person(
        mobile=f"+98{citizen.mobile[1:]}",
        first_name=citizen.first_name,
        last_name=citizen.last_name,
        identity_kind=IdentityKind.NATIONAL,
        identity_sealed=seal(citizen.national_code, IDENTITY),
        identity_digest=digest(citizen.national_code, IDENTITY),
        identity_tail=citizen.national_code[-3:],
        joined_at=timezone.now() - timedelta(days=60),
    )
    set_password(person, PASSWORD)
    person.save()
    record(Act.ACCOUNT_MADE, person, by=person, at=person.joined_at)
    return person


def _book(citizen: Person, office: Office, service: Service, *, turns: tuple[int, ...]) -> None:
    """Take the n-th free hours of the office, the way everybody takes them."""
    today = timezone.localdate()
    free = Slot.objects.free().filter(
        office=office, day__gt=today, day__lte=today + policy.BOOKING_HORIZON
    )
    free_ids = list(free.order_by("starts_at").values_list("pk", flat=True))
    for turn in turns:
        if turn < len(free_ids):
            book_appointment(
                citizen=citizen,
                slot_id=free_ids[turn],
                service=service.code,
                cases=1,
                key=uuid4(),
            )


def _past(
    citizen: Person, office: Office, service: Service, day: date, status: Status
) -> Appointment:
    """What no operation can make any more, because its day is over."""
    starts_at = datetime.combine(day, time(9, 30), TEHRAN)
    held = status in (Status.CHECKED_IN, Status.BOOKED)
    slot, _ = Slot.objects.get_or_create(
        office=office,
        starts_at=starts_at,
        defaults={
            "day": day,
            "ends_at": starts_at + HALF_AN_HOUR,
            "capacity": 2,
            "offered": 2,
        },
    )
    if held:
        hold_again([slot.pk])
    booked_at = starts_at - timedelta(days=5)
    appointment = Appointment.objects.create(
        reference=new_reference(),
        citizen=citizen,
        office=office,
        service=service,
        cases=1,
        slot=slot,
        day=day,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        status=status,
        booked_at=booked_at,
        status_changed_at=booked_at if status == Status.BOOKED else slot.ends_at,
    )
    record(Act.BOOKED, appointment, by=citizen, at=booked_at, slots=[slot.pk])
    _told(Kind.BOOKED, f"booked:{appointment.reference}:0", appointment, booked_at)
    if status == Status.CHECKED_IN:
        record(Act.CHECKED_IN, appointment, by=None, at=slot.ends_at)
        _came(appointment)
    if status == Status.CANCELLED_BY_CITIZEN:
        cancelled_at = starts_at - timedelta(days=1)
        record(Act.CANCELLED_BY_CITIZEN, appointment, by=citizen, at=cancelled_at)
        occasion = f"cancelled:{appointment.reference}"
        _told(Kind.CANCELLED, occasion, appointment, cancelled_at)
    return appointment


def _came(appointment: Appointment) -> None:
    day = OfficeDay.objects.create(office=appointment.office, day=appointment.day, last_number=1)
    Visit.objects.create(
        office=appointment.office,
        day=day.day,
        number=day.last_number,
        appointment=appointment,
        service=appointment.service,
        hour=appointment.starts_at,
        state=VisitState.SERVED,
        arrived_at=appointment.starts_at,
        called_at=appointment.starts_at,
        finished_at=appointment.ends_at,
        recorded_by=appointment.citizen,  # the demo knows no clerk of that day
    )


def _told(kind: Kind, occasion: str, appointment: Appointment, at: datetime) -> None:
    OutgoingSms.objects.create(
        kind=kind,
        about=appointment.reference,
        occasion=occasion,
        to=appointment.citizen.mobile,
        not_after=appointment.starts_at,
        state=State.SENT,
        tries=1,
        next_try_at=at,
        queued_at=at,
        sent_at=at,
    )
