"""Who works for the association: one of the whole country says so, the operator of the first."""

from django.db import transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import AssociationMember, AssociationRole, Province
from nobat.offices.staff import WorksHereAlready, account_of
from nobat.people import throttle
from nobat.people.models import Person
from nobat.people.sessions import end_staff_sessions
from nobat.shared.rules import RuleBroken


class NotNational(RuleBroken):
    message = "فقط کارشناس کشور می‌تواند کارکنان کانون را عوض کند. از یکی از آنان بخواهید."
    status = 403


class LastNational(RuleBroken):
    message = "کانون بی‌کارشناس کشور نمی‌ماند. این تنها کارشناس کشور است؛ اول کارشناس دیگری بیفزایید."


class ProvinceMissing(RuleBroken):
    message = "استان با نقش نمی‌خواند. برای کارشناس استان، و فقط برای او، استان را انتخاب کنید."
    status = 422


def add_member(
    *,
    mobile: str,
    national_code: str,
    role: AssociationRole,
    province: Province | None,
    by: Person,
) -> AssociationMember:
    """Give the person with this mobile and this national code a role at the association.

    Raises NoSuchAccount, WorksHereAlready, ProvinceMissing, NotNational or TooOften.
    """
    throttle.count_within([(throttle.STAFF_ADDED_PER_HOUR, str(by.pk))], timezone.now())
    person = account_of(mobile=mobile, national_code=national_code)
    with transaction.atomic():
        if by.pk not in _nationals():
            raise NotNational
        return add_association_member(person=person, role=role, province=province, by=by)


def add_association_member(
    *,
    person: Person,
    role: AssociationRole = AssociationRole.NATIONAL,
    province: Province | None = None,
    by: Person | None = None,
) -> AssociationMember:
    """Give a role without asking for more; `by` nobody is the operator.

    `province` is given exactly for an officer of a province. Raises WorksHereAlready,
    ProvinceMissing.
    """
    now = timezone.now()
    _refuse_unfit(role, province)
    with transaction.atomic():
        member, is_fresh = AssociationMember.objects.get_or_create(
            person=person, defaults={"role": role, "province": province, "since": now}
        )
        if not is_fresh:
            raise WorksHereAlready("این شخص همین حالا هم از کانون است. نقش او را عوض کنید.")
        record(Act.STAFF_ADDED, person, by=by, at=now, role=_named(role), **_of(province))
    return member


def change_role(
    *, member: AssociationMember, role: AssociationRole, province: Province | None, by: Person
) -> None:
    """It holds from the next page on. The same role again: nothing happens.

    Raises LastNational, ProvinceMissing, NotNational.
    """
    _refuse_unfit(role, province)
    with transaction.atomic():
        _refuse_last(member, by, stays_national=role == AssociationRole.NATIONAL)
        asked = AssociationMember.objects.filter(pk=member.pk)
        before = asked.select_for_update().exclude(role=role, province=province).first()
        if before is None:
            return
        asked.update(role=role, province=province)
        record(
            Act.STAFF_ROLE_CHANGED,
            member.person,
            by=by,
            at=timezone.now(),
            role=_named(role),
            role_before=_named(AssociationRole(before.role)),
            **_of(province),
        )


def remove_member(*, member: AssociationMember, by: Person) -> None:
    """Take the role away, and end the sessions it was used in, at once.

    Done already: nothing happens. Raises LastNational, NotNational.
    """
    with transaction.atomic():
        _refuse_last(member, by, stays_national=False)
        gone, _ = AssociationMember.objects.filter(pk=member.pk).delete()
        if not gone:
            return
        ended = end_staff_sessions(member.person)
        record(
            Act.STAFF_REMOVED,
            member.person,
            by=by,
            at=timezone.now(),
            role=_named(AssociationRole(member.role)),
            sessions=ended,
        )


def is_last_national(member: AssociationMember) -> bool:
    """Whether the association would be without anybody for the whole country."""
    others = AssociationMember.objects.filter(role=AssociationRole.NATIONAL).exclude(pk=member.pk)
    return member.is_national and not others.exists()


def _refuse_last(member: AssociationMember, by: Person, *, stays_national: bool) -> None:
    nationals = _nationals()
    if by.pk not in nationals:
        raise NotNational
    if nationals == {member.person_id} and not stays_national:
        raise LastNational


def _refuse_unfit(role: AssociationRole, province: Province | None) -> None:
    if (role == AssociationRole.PROVINCE) != (province is not None):
        raise ProvinceMissing


def _nationals() -> set[int]:
    """Who decides for the country, for as long as this transaction lasts: two who remove
    each other in the same moment stand in line here."""
    nationals = AssociationMember.objects.filter(role=AssociationRole.NATIONAL)
    locked = nationals.order_by("pk").select_for_update()
    return set(locked.values_list("person_id", flat=True))


def _named(role: AssociationRole) -> str:
    return f"association {role.value}"


def _of(province: Province | None) -> dict[str, str]:
    return {"province": province.code} if province else {}
