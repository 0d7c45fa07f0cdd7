"""The association says who works at an office: its first manager, another one, or nobody."""

from django.db import transaction
from django.utils import timezone

from nobat.offices.association import offices_of
from nobat.offices.models import AssociationMember, Membership, Office, Role
from nobat.offices.staff import account_of, appoint, dismiss
from nobat.people import throttle
from nobat.people.models import Person
from nobat.people.second_factor import is_set_up, reset_second_factor
from nobat.shared.rules import RuleBroken


class NotYourOffice(RuleBroken):
    message = "کارکنان این دفتر با شما نیست. از کارشناس همان استان یا کشور بخواهید."
    status = 403


class NothingToReset(RuleBroken):
    message = "این شخص کد دومی ندارد. هنگام ورود بعدی، خودش آن را راه می‌اندازد."


class AlsoOfTheAssociation(RuleBroken):
    message = (
        "این شخص از کانون هم هست و کد دومش راه به کشور دارد. از پشتیبانی سامانه بخواهید که آن را "
        "از نو کند."
    )


def person_to_appoint(*, mobile: str, national_code: str, by: Person) -> Person:
    """Whose these two numbers are. Raises NoSuchAccount or TooOften."""
    throttle.count_within([(throttle.STAFF_APPOINTED_PER_HOUR, str(by.pk))], timezone.now())
    return account_of(mobile=mobile, national_code=national_code)


def appoint_by_association(
    *, office: Office, mobile: str, national_code: str, role: Role, by: Person
) -> Membership:
    """Raises NoSuchAccount, WorksHereAlready, NotYourOffice or TooOften."""
    person = person_to_appoint(mobile=mobile, national_code=national_code, by=by)
    with transaction.atomic():
        _refuse_unless_theirs(office, by)
        return appoint(person=person, office=office, role=role, by=by)


def remove_by_association(*, membership: Membership, by: Person) -> None:
    """The last manager, too: the office then waits for another one. The sessions end at once.

    Done already: nothing happens. Raises NotYourOffice.
    """
    with transaction.atomic():
        _refuse_unless_theirs(membership.office, by)
        dismiss(membership=membership, by=by)


def reset_by_association(*, membership: Membership, by: Person) -> None:
    """For one who has lost phone and paper: the next sign-in sets the second factor up anew.

    Raises NotYourOffice, NothingToReset, AlsoOfTheAssociation.
    """
    person = membership.person
    with transaction.atomic():
        _refuse_unless_theirs(membership.office, by)
        if AssociationMember.objects.filter(person=person).exists():
            raise AlsoOfTheAssociation
        if not is_set_up(person.pk):
            raise NothingToReset
        reset_second_factor(person=person, by=by)


def _refuse_unless_theirs(office: Office, by: Person) -> None:
    member = AssociationMember.objects.filter(person=by).select_for_update().first()
    if member is None or not member.may_decide:
        raise NotYourOffice
    if not offices_of(member).filter(pk=office.pk).exists():
        raise NotYourOffice
