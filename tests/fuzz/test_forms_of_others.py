"""Things that are not one's own, in an address or in a form; and who is signed out by whom."""

import pytest
from django.db import transaction
from django.urls import reverse

from nobat.appointments.models import Appointment
from nobat.offices.models import AssociationMember, AssociationRole, Membership, Role
from nobat.schedule.models import Closure
from nobat.visits.models import VisitState
from tests.build import (
    book,
    make_person,
    make_slot,
    make_staff,
    make_visit,
    sign_in,
    sign_in_staff,
)
from tests.fuzz.surface import Surface, right_values
from tests.fuzz.tables import digests
from tests.fuzz.tries import Tries, name_of
from tests.undone import undone_later
from tests.web.test_strangers import PAGES, Client, For, addresses

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["citizen:sign_out", "office:sign_out"])
def test_an_address_signs_nobody_out(page, saras_and_maryams):
    for client in saras_and_maryams:
        assert client.get(reverse(page)).status_code == 405
    assert [client.get(address).status_code for client, address in zip(
        saras_and_maryams, ["/my/account/", "/office/"], strict=True
    )] == [200, 200]  # fmt: skip


@pytest.fixture
def saras_and_maryams(sara, maryam):
    return [sign_in(Client(), sara), sign_in_staff(Client(), maryam)]


class Others:
    """Everybody who owns something of the same kind as what strangers must not see."""

    def __init__(self, cast, world) -> None:
        there = cast["naser"].memberships.get().office
        hoda = make_staff(there, "هدی", "راد", mobile="+989120000041", role=Role.MANAGER)
        pari = make_staff(there, "پری", "مهر", mobile="+989120000042")
        tehran = make_person("نادر", "ملکی", mobile="+989120000043")
        AssociationMember.objects.create(
            person=tehran, role=AssociationRole.PROVINCE, province_id="23",
            since=cast["sara"].joined_at,
        )  # fmt: skip
        slot = make_slot(there, "12:30", day=world.appointment.day.replace(day=20))
        own = book(cast["reza"], slot, cast["petition"])
        make_visit(there, by=cast["naser"], day=world.appointment.day, state=VisitState.WAITING)
        closure = Closure.objects.create(office=there, day=slot.day.replace(day=25), reason="x")
        self.own = {
            "reference": own.reference, "code": there.code, "closure_id": closure.pk,
            "membership_id": Membership.objects.get(person=pari).pk,
        }  # fmt: skip
        self.clients = {
            "the citizen of another appointment": sign_in(Client(), cast["reza"]),
            "the clerk of another office": sign_in_staff(Client(), cast["naser"]),
            "the manager of another office": sign_in_staff(Client(), hoda),
            "the association of another province": sign_in_staff(Client(), tehran),
        }


# Every office has a first visitor of the day, and a list in either form.
OF_EVERY_OFFICE = {"ending", "number"}
OF_SOMEBODY = {For.OWNER, For.CLERKS_OF_IT, For.MANAGER_OF_IT, For.ASSOCIATION_OF_IT}


def test_who_owns_one_of_a_kind_opens_no_other_one(cast, world):
    """By its address, also where another part of the address names something of one's own."""
    others = Others(cast, world)
    before, opened = digests(), []
    for name, things in addresses().items():
        if PAGES[name] not in OF_SOMEBODY or not things - OF_EVERY_OFFICE:
            continue
        for address in addresses_of_another(name, things, world.things, others.own):
            for who, client in others.clients.items():
                for method in ("get", "post"):
                    with undone_later():
                        status = getattr(client, method)(address).status_code
                        transaction.set_rollback(True)
                    if status not in {302, 403, 404, 405}:
                        opened.append((who, method, address, status))

    assert opened == []
    assert digests() == before


def addresses_of_another(name, things, theirs, own):
    """All theirs; and where there are two things, each of them once of one's own."""
    yield reverse(name, kwargs={thing: theirs[thing] for thing in things})
    if len(things) > 1:
        for mine in things & own.keys():
            named = {thing: own[thing] if thing == mine else theirs[thing] for thing in things}
            yield reverse(name, kwargs=named)


def test_what_a_form_names_is_not_anothers_either(cast, world, figures):
    """Every hidden or chosen value, replaced by what is somebody else's."""
    others = Others(cast, world)
    kinds = (
        "reference",
        "code",
        "number",
        "membership_id",
        "closure_id",
        "order_id",
        "proposal_id",
    )
    theirs = {str(world.things[kind]) for kind in kinds} | {world.more["coming"]}
    places = [reverse(name, kwargs={thing: others.own[thing] for thing in things})
              for name, things in addresses().items() if things <= others.own.keys()]  # fmt: skip
    touched, sent = [], 0
    for who, client in others.clients.items():
        tries = Tries(client, figures)
        kept = of_sara_and_1021(world)
        forms = Surface(tries, places, right_values(world.more)).targets.values()
        for target in [each for each in forms if each.method == "POST"]:
            named = [
                each
                for each in target.fields
                if each.kind in {"hidden", "radio", "select", "submit"}
            ]
            for field in named:
                for value in theirs - {field.value}:
                    pairs = [
                        (each.name, value if each is field else each.value)
                        for each in target.fields
                    ]
                    with undone_later():
                        tries.ask(target, pairs)
                        sent += 1
                        if of_sara_and_1021(world) != kept:
                            touched.append((who, target.address, field.name, value))
                        transaction.set_rollback(True)

    assert sent > 50
    assert touched == []


def of_sara_and_1021(world) -> list:
    """Each thing that strangers must not touch, as it lies in the database."""
    of_them = Appointment.objects.filter(office=world.appointment.office).order_by("pk")
    return [
        *of_them.values_list("pk", "status", "starts_at", "moves"),
        *Closure.objects.filter(office=world.appointment.office).order_by("pk").values_list(),
        *Membership.objects.filter(office=world.appointment.office).order_by("pk").values_list(),
    ]


def test_every_kind_of_thing_in_an_address_is_tried():
    tried = [name for name, things in addresses().items() if PAGES[name] in OF_SOMEBODY and things]

    assert len(tried) > 25
    assert name_of("/my/appointments/1234567890/") in tried
