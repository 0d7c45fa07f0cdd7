"""The citizens of the demo whose way the visitor can go."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import uuid4

from django.db.models import Case, When
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.book import book_appointment
from nobat.appointments.no_show import mark_no_show
from nobat.demo.agreed import agree, agree_and_cancel, came
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office, Service
from nobat.people.models import IdentityKind, Person
from nobat.people.passwords import set_password
from nobat.people.sign_up import IDENTITY
from nobat.schedule.models import Slot
from nobat.shared.jalali import TEHRAN
from nobat.shared.sealed import digest, seal
from nobat.visits.models import VisitState


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
    agree_and_cancel(visitor, office, service, _half_past_nine(today, before=30))
    for before in (12, 1):
        visited = agree(visitor, office, service, _half_past_nine(today, before=before))
        # The demo knows no clerk of that day.
        came(visited, VisitState.SERVED, clerk=visitor, number=1)
    _book(visitor, office, service, turns=(3, 40))
    missed = agree(people[SUSPENDED], office, service, _half_past_nine(today, before=1))
    mark_no_show(
        appointment=missed, now=missed.ends_at + policy.rules_on(missed.day).grace_after_last_turn
    )


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
        office=office, day__gt=today, day__lte=policy.bookable_days(today)[1]
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


def _half_past_nine(today: date, *, before: int) -> datetime:
    return datetime.combine(today - timedelta(days=before), time(9, 30), TEHRAN)
