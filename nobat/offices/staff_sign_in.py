"""Those who work here come in: by password first, then by what only their phone can show.

Between the two steps nobody is told anything. A wrong password, an account without a role
and the right one all lead to the page that asks for the code, and there to the same words.
"""

from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare

from nobat.people import second_factor, throttle
from nobat.people.models import Person
from nobat.people.sign_in import whose_password
from nobat.shared.sealed import digest


class Entering(NamedTuple):
    """What is known after the first step. It stays on the server."""

    person_id: int | None  # whose second factor lets in; None: nobody's
    as_of: str  # the password that was right, in a form that ends when it is changed
    tries: str  # what tries at the code are counted under
    needs_set_up: bool


def begin_staff_sign_in(*, mobile: str, password: str, is_human: bool) -> Entering:
    """The first step. It has no refusal of its own: what is wrong is said after the second.

    The try stays counted until the second factor was right, so that not even the limits
    tell whether a password was. Raises NeedsSecurityCode or TooOften, for any number alike.
    """
    person = whose_password(mobile=mobile, password=password, is_human=is_human)
    person_id = person.pk if person else 0
    is_set_up = second_factor.is_set_up(person_id)
    has_role = _with_a_role().filter(pk=person_id).exists()
    if person is None:
        # Counted for this mobile with this password, as the right password is for its
        # person: whoever has not got it cannot spend the tries of who has.
        tries = digest(f"{mobile}\0{password}", "offices.staff_sign_in")
        return Entering(None, "", tries, needs_set_up=False)
    tries = second_factor.tries_of(person)
    if not is_set_up and not has_role:
        return Entering(None, "", tries, needs_set_up=False)
    # A role that was lost is told to its owner, once the second factor has shown who asks.
    return Entering(person.pk, person.get_session_auth_hash(), tries, needs_set_up=not is_set_up)


def enter_by_code(*, entering: Entering, digits: str) -> Person:
    """The second step, by the app. Raises WrongSecondFactor or TooOften."""
    person = person_entering(entering)
    return _entered(second_factor.use_code(person=person, tries=entering.tries, digits=digits))


def enter_by_recovery_code(*, entering: Entering, digits: str) -> Person:
    """The second step, by one of the codes on paper. Raises WrongRecoveryCode or TooOften."""
    person = person_entering(entering)
    return _entered(
        second_factor.use_recovery_code(person=person, tries=entering.tries, digits=digits)
    )


def enter_by_first_code(*, person: Person, sealed: bytes, digits: str) -> list[str]:
    """The second step of the first time, which ends the set-up; the codes for paper.

    Raises WrongFirstCode, SetUpBegunElsewhere or TooOften.
    """
    codes = second_factor.confirm_set_up(person=person, sealed=sealed, digits=digits)
    _entered(person)
    return codes


def person_entering(entering: Entering) -> Person | None:
    """Whose second step this is, unless the password was changed after the first."""
    person = Person.objects.filter(pk=entering.person_id or 0).first()
    if person is None:
        return None
    is_same = constant_time_compare(person.get_session_auth_hash(), entering.as_of)
    return person if is_same else None


def _entered(person: Person) -> Person:
    throttle.forget(throttle.PASSWORDS_PER_HOUR, person.mobile)
    return person


def _with_a_role() -> QuerySet[Person]:
    works_here = Q(memberships__isnull=False) | Q(association_member__isnull=False)
    return Person.objects.filter(works_here | Q(operator__isnull=False))
