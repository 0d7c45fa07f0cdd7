"""Before what cannot be taken back, somebody who is signed in shows once more who they are."""

from django.utils import timezone

from nobat.people import throttle
from nobat.people.codes import send_code, use_code
from nobat.people.models import Person, Purpose
from nobat.people.passwords import is_right_password
from nobat.people.reset_password import WrongOldPassword


def send_proof_code(*, person: Person, address: str, device: str = "") -> None:
    """Send a code to the own mobile. Raises CodeSentJustNow or TooOften."""
    send_code(mobile=person.mobile, purpose=Purpose.PROVE, address=address, device=device)


def prove_by_code(*, person: Person, digits: str) -> None:
    """Raises WrongCode, CodeExpired, CodeUsedUp or TooOften."""
    use_code(mobile=person.mobile, purpose=Purpose.PROVE, digits=digits)


def prove_by_password(*, person: Person, password: str) -> None:
    """Counted with the tries at changing it. Raises WrongOldPassword or TooOften."""
    about = str(person.pk)
    throttle.count_within([(throttle.OLD_PASSWORDS_PER_HOUR, about)], timezone.now())
    if not is_right_password(person, password):
        raise WrongOldPassword
    throttle.forget(throttle.OLD_PASSWORDS_PER_HOUR, about)
