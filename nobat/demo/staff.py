"""Those who work at the demo's offices, with second factors that everybody may know."""

import base64
from hashlib import sha1
from typing import NamedTuple

from django.utils import timezone

from nobat.demo.accounts import PASSWORD, Account, Somebody, demo_offices, open_account
from nobat.offices.association_staff import add_association_member
from nobat.offices.models import AssociationRole, Membership, Office, Role
from nobat.offices.staff import appoint
from nobat.people.mobile import mobile_number
from nobat.people.models import Person, SecondFactor
from nobat.people.second_factor import SECRET
from nobat.shared.sealed import seal

ASSOCIATION = "association"
ASSOCIATION_OF_PROVINCE = "association_of_province"
ASSOCIATION_READER = "association_reader"
_OF_THE_ASSOCIATION = {
    ASSOCIATION: AssociationRole.NATIONAL,
    ASSOCIATION_OF_PROVINCE: AssociationRole.PROVINCE,
    ASSOCIATION_READER: AssociationRole.READER,
}


class _Post(NamedTuple):
    who: Somebody
    role: str
    offices: tuple[int, ...]  # which of demo_offices()


STAFF = (
    _Post(Somebody("09170002001", "پروانه", "شمس", "0012346004"), Role.MANAGER, (0,)),
    _Post(Somebody("09170002002", "سیاوش", "مرادی", "0012346012"), Role.CLERK, (0,)),
    _Post(Somebody("09170002003", "گلناز", "فرهمند", "0012346020"), Role.CLERK, (1,)),
    _Post(Somebody("09170002004", "کیوان", "صالحی", "0012346039"), Role.CLERK, (0, 1)),
    _Post(Somebody("09170003001", "منیژه", "وثوقی", "0012346047"), ASSOCIATION, ()),
    _Post(Somebody("09170003002", "هومن", "یزدانی", "0012346055"), ASSOCIATION_OF_PROVINCE, (0,)),
    _Post(Somebody("09170003003", "سودابه", "نیکنام", "0012346063"), ASSOCIATION_READER, ()),
)


def open_staff() -> None:
    """Their accounts and roles, and an authenticator that is set up."""
    offices = demo_offices()
    for post in STAFF:
        person = open_account(post.who)
        _set_up(person, demo_secret(post.who.mobile))
        at = _offices_of(post, offices)
        if post.role in _OF_THE_ASSOCIATION:
            _join_association(person, _OF_THE_ASSOCIATION[post.role], at)
            continue
        for office in at:
            appoint(person=person, office=office, role=Role(post.role), by=None)


def staff() -> list[Account]:
    """Their lines of demo_accounts; who works at two offices is named with the first."""
    first: dict[str, str] = {}
    for mobile, code in Membership.objects.order_by("-office__code").values_list(
        "person__mobile", "office__code"
    ):
        first[mobile] = code
    return [
        Account(
            str(post.role),
            post.who.mobile,
            PASSWORD,
            demo_secret(post.who.mobile),
            first.get(mobile_number(post.who.mobile)),
        )
        for post in STAFF
    ]


def first_clerk() -> Person | None:
    return Person.objects.filter(mobile=mobile_number(STAFF[1].who.mobile)).first()


def demo_secret(mobile: str) -> str:
    """The same in every demo, so that one may put it into one's own app: no secret at all."""
    text = f"demo only, known to everybody: {mobile}"
    return base64.b32encode(sha1(text.encode(), usedforsecurity=False).digest()).decode()


def _offices_of(post: _Post, offices: list[Office]) -> list[Office]:
    # A country of one office has one for everybody.
    wanted = {min(number, len(offices) - 1) for number in post.offices} if offices else set()
    return [offices[number] for number in sorted(wanted)]


def _join_association(person: Person, role: AssociationRole, at: list[Office]) -> None:
    """An officer of a province is one of the province of that office."""
    if role != AssociationRole.PROVINCE:
        add_association_member(person=person, role=role)
    elif at:
        add_association_member(person=person, role=role, province=at[0].county.province)


def _set_up(person: Person, secret: str) -> None:
    SecondFactor.objects.create(
        person=person, secret_sealed=seal(secret, SECRET), confirmed_at=timezone.now()
    )
