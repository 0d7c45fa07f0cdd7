"""Somebody comes back: by password, or by a code that an SMS brings."""

from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.people import throttle
from nobat.people.codes import NeedsSecurityCode, WrongCode, send_code, use_code
from nobat.people.models import Person, Purpose
from nobat.people.passwords import is_right_password
from nobat.shared.rules import RuleBroken


class WrongMobileOrPassword(RuleBroken):
    message = "شمارهٔ موبایل یا رمز درست نیست. دوباره بنویسید، یا با کد پیامکی وارد شوید."
    status = 422


def sign_in_by_password(*, mobile: str, password: str, is_human: bool) -> Person:
    """The person whose mobile and password these are.

    A number without an account gets the same answers, after the same work. After some
    wrong passwords the security code is needed (`is_human` says it was right), after
    many TooOften says until when; the code by SMS stays open all the while, so that
    nobody can lock somebody else out. Raises WrongMobileOrPassword, NeedsSecurityCode
    or TooOften.
    """
    person = whose_password(mobile=mobile, password=password, is_human=is_human)
    if person is None:
        raise WrongMobileOrPassword
    throttle.forget(throttle.PASSWORDS_PER_HOUR, mobile)
    record(Act.SIGNED_IN, person, by=person, at=timezone.now())
    return person


def whose_password(*, mobile: str, password: str, is_human: bool) -> Person | None:
    """The person whose mobile and password these are, if they are somebody's; the try
    stays counted. Raises NeedsSecurityCode or TooOften, for any number alike.
    """
    now = timezone.now()
    limit = throttle.PASSWORDS_PER_HOUR
    tries = throttle.count(limit, mobile, now)
    if tries > limit.most:
        raise throttle.TooOften(limit, throttle.end_of(limit, now), now)
    if tries > throttle.PASSWORDS_BEFORE_SECURITY_CODE and not is_human:
        raise NeedsSecurityCode
    person = Person.objects.filter(mobile=mobile).first()
    return person if is_right_password(person, password) else None


def needs_security_code(*, mobile: str) -> bool:
    """Whether the next password for this number comes with the security code."""
    tries = throttle.so_far(throttle.PASSWORDS_PER_HOUR, mobile, timezone.now())
    return tries >= throttle.PASSWORDS_BEFORE_SECURITY_CODE


def send_sign_in_code(*, mobile: str, address: str, device: str = "", is_human: bool) -> None:
    """Send a code; a number without an account is told in the SMS that it has none.

    Raises NeedsSecurityCode, CodeSentJustNow or TooOften, for any number alike.
    """
    send_code(
        mobile=mobile,
        purpose=Purpose.SIGN_IN,
        address=address,
        device=device,
        is_human=is_human,
    )


def sign_in_by_code(*, mobile: str, digits: str) -> Person:
    """The person whose mobile got this code. Raises WrongCode, CodeExpired or CodeUsedUp."""
    use_code(mobile=mobile, purpose=Purpose.SIGN_IN, digits=digits)
    person = Person.objects.filter(mobile=mobile).first()
    if person is None:  # erased since the code was sent
        raise WrongCode
    record(Act.SIGNED_IN, person, by=person, at=timezone.now())
    return person
