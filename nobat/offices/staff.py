"""Who works at an office: its manager says so; of the first, the association or the operator."""

from django.db import transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Membership, Office, Role
from nobat.people import throttle
from nobat.people.models import IdentityKind, Person
from nobat.people.national_id import plain_identity
from nobat.people.sessions import end_staff_sessions
from nobat.people.sign_up import IDENTITY
from nobat.shared.rules import RuleBroken
from nobat.shared.sealed import digest


class NoSuchAccount(RuleBroken):
    """One refusal, whichever of the two does not fit: nobody learns whose number is whose."""

    message = (
        "حسابی با این دو شماره پیدا نشد. شمارهٔ موبایل و کد ملی باید از یک حساب باشند؛ از خود "
        "همکارتان بپرسید. اگر هنوز حساب ندارد، اول با موبایل خودش ثبت‌نام کند."
    )
    status = 422


class WorksHereAlready(RuleBroken):
    message = (
        "این شخص همین حالا هم همکار این دفتر است. اگر نقش دیگری باید داشته باشد، اول او را "
        "بردارید و دوباره با نقش تازه بیفزایید."
    )


class LastManager(RuleBroken):
    message = (
        "دفتر بی‌مدیر نمی‌ماند. این تنها مدیر دفتر است؛ اول مدیر دیگری بیفزایید، سپس او را بردارید."
    )


class NotTheManager(RuleBroken):
    message = "فقط مدیر این دفتر می‌تواند همکاران را عوض کند. از مدیر دفتر بخواهید."
    status = 403


def add_staff(
    *, office: Office, mobile: str, national_code: str, role: Role, by: Person
) -> Membership:
    """Give the person with this mobile and this national code a role at the office.

    Raises NoSuchAccount, WorksHereAlready, NotTheManager or TooOften.
    """
    throttle.count_within([(throttle.STAFF_ADDED_PER_HOUR, str(by.pk))], timezone.now())
    person = account_of(mobile=mobile, national_code=national_code)
    with transaction.atomic():
        if by.pk not in _managers(office):
            raise NotTheManager
        return appoint(person=person, office=office, role=role, by=by)


def account_of(*, mobile: str, national_code: str) -> Person:
    """Whose mobile and national code these are, both. Count the try before: throttle.py.

    Raises NoSuchAccount.
    """
    person = Person.objects.filter(
        mobile=mobile,
        identity_kind=IdentityKind.NATIONAL,
        identity_digest=digest(plain_identity(national_code), IDENTITY),
    ).first()
    if person is None:
        raise NoSuchAccount
    return person


def appoint(*, person: Person, office: Office, role: Role, by: Person | None) -> Membership:
    """Give a role without asking for more; `by` nobody is the operator. WorksHereAlready."""
    now = timezone.now()
    with transaction.atomic():
        membership, is_fresh = Membership.objects.get_or_create(
            person=person, office=office, defaults={"role": role, "since": now}
        )
        if not is_fresh:
            raise WorksHereAlready
        record(Act.STAFF_ADDED, person, by=by, at=now, office=office.code, role=role.value)
    return membership


def remove_staff(*, membership: Membership, by: Person) -> None:
    """Take the role away, and end the sessions it was used in, at once.

    Done already: nothing happens. Raises LastManager or NotTheManager.
    """
    with transaction.atomic():
        managers = _managers(membership.office)
        if by.pk not in managers:
            raise NotTheManager
        if managers == {membership.person_id}:
            raise LastManager
        dismiss(membership=membership, by=by)


def dismiss(*, membership: Membership, by: Person) -> None:
    """Take the role away without asking for more; its sessions end. All or nothing."""
    person = membership.person
    with transaction.atomic():
        gone, _ = Membership.objects.filter(pk=membership.pk).delete()
        if not gone:
            return
        ended = end_staff_sessions(person)
        record(
            Act.STAFF_REMOVED,
            person,
            by=by,
            at=timezone.now(),
            office=membership.office.code,
            role=membership.role,
            sessions=ended,
        )


def is_last_manager(membership: Membership) -> bool:
    """Whether the office would be without a manager."""
    others = Membership.objects.filter(office=membership.office_id, role=Role.MANAGER)
    return (
        membership.role == Role.MANAGER and not others.exclude(person=membership.person_id).exists()
    )


def _managers(office: Office) -> set[int]:
    """Who manages the office, for as long as this transaction lasts: two managers who
    remove each other in the same moment stand in line here."""
    managers = Membership.objects.filter(office=office, role=Role.MANAGER)
    locked = managers.order_by("pk").select_for_update()
    return set(locked.values_list("person_id", flat=True))
