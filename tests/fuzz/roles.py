"""Everybody who may open something, with something of theirs to open: the world of the strangers.

A role is a function here; each is tried with every address and every form that it reaches.
"""

from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from nobat.appointments.models import Outcome, Proposal
from nobat.offices.models import AssociationMember, AssociationRole
from nobat.offices.operators import add_operator
from nobat.people.models import Person
from nobat.schedule.models import Holiday, HolidayKind
from nobat.visits.models import VisitState
from nobat.web.provider.address import Tells, address_for
from tests.build import (
    PASSWORD,
    book,
    confirm_second_factor,
    make_hours,
    make_person,
    make_slot,
    make_visit,
    miss,
    sign_in,
    sign_in_staff,
)
from tests.web.citizen.journey import ANSWER, first_page
from tests.web.office.entry import first_step

SMS_CODE = "012345"


def more_to_do(world, cast) -> dict[str, str]:
    """Free hours, a coming turn, a missed week, somebody waiting: so that every form has a use."""
    office, petition, maryam = cast["office"], cast["petition"], cast["maryam"]
    make_hours(office, range(5))
    day = world.appointment.day + timedelta(days=2)
    free = [make_slot(office, hour, day=day, capacity=3) for hour in ("09:00", "10:00", "11:00")]
    coming = book(cast["sara"], free[0], petition)
    kaveh = make_person("ژاله", "ناصری", mobile="+989120000031")
    missed = make_slot(office, "09:30", day=world.appointment.day + timedelta(days=1))
    miss(book(kaveh, missed, petition))
    moved = book(cast["reza"], make_slot(office, "11:30", day=day), petition)
    Proposal.objects.create(
        appointment=moved, moves=9, lost_office=office, lost_starts_at=moved.starts_at,
        outcome=Outcome.NONE, needs_call=True, made_at=timezone.now(),
    )  # fmt: skip
    make_visit(office, by=maryam, day=world.appointment.day, state=VisitState.WAITING)
    Holiday.objects.create(
        day=day + timedelta(days=9), title="عید", kind=HolidayKind.LUNAR, is_estimated=True
    )
    return {"coming": coming.reference, "slot": str(free[1].pk), "day": day.isoformat()}


def nobody(cast) -> Client:
    return Client()


def citizen(cast) -> Client:
    return sign_in(Client(), cast["sara"])


def citizen_who_missed(cast) -> Client:
    return sign_in(Client(), Person.objects.get(mobile="+989120000031"))


def displaced_citizen(cast) -> Client:
    return sign_in(Client(), cast["reza"])


def clerk(cast) -> Client:
    return _at_work(cast["maryam"])


def manager(cast) -> Client:
    return _at_work(cast["bahram"])


def association(cast) -> Client:
    return _at_work(cast["dr_karimi"])


def association_of_province(cast) -> Client:
    return _at_work(_member("۱", "+989120000032", AssociationRole.PROVINCE, cast["office"]))


def association_reader(cast) -> Client:
    return _at_work(_member("۲", "+989120000033", AssociationRole.READER, None))


def operator(cast) -> Client:
    person = make_person("پویا", "راد", mobile="+989120000034")
    add_operator(person=person)
    return _at_work(person)


def halfway_up(cast) -> Client:
    """Has asked for an account, and has the code."""
    client = Client()
    first_page(client)
    return client


def halfway_in(cast) -> Client:
    client = Client()
    client.post("/sign-in/", {"mobile": cast["reza"].mobile, "way": "code"})
    return client


def halfway_back(cast) -> Client:
    """Has lost the password."""
    client = Client()
    typed = {"mobile": cast["reza"].mobile, "captcha_0": "x", "captcha_1": ANSWER}
    client.post("/reset-password/", typed)
    return client


def halfway_to_work(cast) -> Client:
    client = Client()
    confirm_second_factor(cast["maryam"])
    first_step(client, cast["maryam"].mobile, PASSWORD)
    return client


def first_day_at_work(cast) -> Client:
    client = Client()
    first_step(client, cast["bahram"].mobile, PASSWORD)
    return client


def provider(cast) -> Client:
    return Client()


OF_PROVIDERS = [(name, tells) for name in ("kavenegar", "magfa") for tells in Tells]


def own_addresses(role: str) -> list[str]:
    """What no page leads this role to."""
    if role == "provider":
        return [address_for(name, tells) for name, tells in OF_PROVIDERS]
    return ["/operator/"] if role == "operator" else []


ROLES = {
    role.__name__: role
    for role in (
        nobody, citizen, citizen_who_missed, displaced_citizen, clerk, manager, association,
        association_of_province, association_reader, operator, halfway_up, halfway_in,
        halfway_back, halfway_to_work, first_day_at_work, provider,
    )
}  # fmt: skip


def _at_work(person: Person) -> Client:
    confirm_second_factor(person)
    return sign_in_staff(Client(), person)


def _member(last_name, mobile, role, office) -> Person:
    person = make_person("عضو", last_name, mobile=mobile)
    province = office.county.province if office else None
    AssociationMember.objects.create(
        person=person, role=role, province=province, since=timezone.now()
    )
    return person


def new_key() -> str:
    return str(uuid4())
