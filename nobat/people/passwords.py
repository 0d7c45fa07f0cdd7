"""What makes a password good enough, and how it is kept."""

from functools import cache

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from nobat.people.models import Person
from nobat.people.national_id import plain_identity
from nobat.shared.persian import fold_packed, keyboard_form

SHORTEST = 8
LONGEST = 128


def password_problem(password: str, *, numbers: tuple[str, ...] = ()) -> str | None:
    """What is wrong with this password, as a sentence; None if nothing is.

    `numbers` are the mobile and the identity number of its owner, whom the first guess
    of a stranger would try.
    """
    plain = keyboard_form(password)
    if len(plain) < SHORTEST:
        return "رمز عبور باید دست‌کم ۸ حرف یا عدد باشد. رمز بلندتری بنویسید."
    if len(plain) > LONGEST:
        return "رمز عبور نمی‌تواند بیش از ۱۲۸ حرف باشد. رمز کوتاه‌تری بنویسید."
    if not plain.isprintable():
        return "در رمز عبور نویسه‌ای هست که دیده نمی‌شود. آن را دوباره تایپ کنید."
    if _is_own_number(plain, numbers):
        return "شمارهٔ موبایل یا کد ملی‌تان را رمز نکنید؛ نخستین حدس دیگران همین است."
    if _is_common(plain):
        return "این رمز بسیار رایج است و زود حدس زده می‌شود. رمز دیگری بسازید."
    return None


def set_password(person: Person, password: str) -> None:
    """Keep the hash of the password on the (not yet saved) person."""
    person.password = make_password(keyboard_form(password))


def is_right_password(person: Person | None, password: str) -> bool:
    """Whether it is this person's. For nobody it takes just as long, and is wrong."""
    plain = keyboard_form(password[: LONGEST + 1])
    if person is None:
        make_password(plain)
        return False
    return person.check_password(plain)


def _is_own_number(plain: str, numbers: tuple[str, ...]) -> bool:
    return _without_prefix(plain) in {_without_prefix(number) for number in numbers}


def _without_prefix(number: str) -> str:
    # With or without the country code, or the zero in front: it is the same number.
    return plain_identity(number).lstrip("+0").removeprefix("98")


def _is_common(plain: str) -> bool:
    if len(set(plain)) < 3:
        return True
    try:
        _common_passwords().validate(fold_packed(plain))
    except ValidationError:
        return True
    return False


@cache
def _common_passwords() -> CommonPasswordValidator:
    return CommonPasswordValidator()
