"""A lost password is replaced by a code that an SMS brings, a known one by giving it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.people import throttle
from nobat.people.codes import WrongCode, send_code, use_code
from nobat.people.models import Person, Purpose
from nobat.people.passwords import is_right_password, set_password
from nobat.people.sessions import end_other_sessions
from nobat.shared.rules import RuleBroken


class WrongOldPassword(RuleBroken):
    message = "رمز کنونی درست نیست. دوباره بنویسید، یا از «رمز را فراموش کرده‌ام» رمز تازه بگیرید."
    status = 422


def send_reset_code(*, mobile: str, address: str, device: str = "") -> None:
    """Send a code; a number without an account is told in the SMS that it has none.

    Raises CodeSentJustNow or TooOften, for any number alike.
    """
    send_code(mobile=mobile, purpose=Purpose.RESET_PASSWORD, address=address, device=device)


def reset_password(*, mobile: str, digits: str, password: str) -> Person:
    """Set a new password and end every session of the person.

    Raises WrongCode, CodeExpired or CodeUsedUp. The password was looked at before.
    """
    use_code(mobile=mobile, purpose=Purpose.RESET_PASSWORD, digits=digits)
    person = Person.objects.filter(mobile=mobile).first()
    if person is None:  # erased since the code was sent
        raise WrongCode
    _change(person, password, keep_session="", now=timezone.now())
    throttle.forget(throttle.PASSWORDS_PER_HOUR, mobile)
    return person


def change_password(*, person: Person, old: str, password: str, this_session: str) -> None:
    """Set another password and end every session but this one.

    Raises WrongOldPassword or TooOften.
    """
    now = timezone.now()
    about = str(person.pk)
    throttle.count_within([(throttle.OLD_PASSWORDS_PER_HOUR, about)], now)
    if not is_right_password(person, old):
        raise WrongOldPassword
    _change(person, password, keep_session=this_session, now=now)
    throttle.forget(throttle.OLD_PASSWORDS_PER_HOUR, about)


def _change(person: Person, password: str, *, keep_session: str, now: datetime) -> None:
    set_password(person, password)
    with transaction.atomic():
        person.save(update_fields=["password"])
        end_other_sessions(person=person, this_session=keep_session)
        record(Act.PASSWORD_CHANGED, person, by=person, at=now)
