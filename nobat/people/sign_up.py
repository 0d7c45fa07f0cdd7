"""Somebody gets an account: first the mobile is proven, then the person is written down."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import name_of, record
from nobat.people import throttle
from nobat.people.codes import send_code
from nobat.people.mobile import local_form
from nobat.people.models import ErasedAccount, Person, Purpose
from nobat.people.national_id import identity_problem, plain_identity
from nobat.people.nationality import COUNTRIES, identity_kinds
from nobat.people.passwords import password_problem, set_password
from nobat.shared.jalali import hour, long_day, tehran_day
from nobat.shared.persian import clean
from nobat.shared.rules import RuleBroken
from nobat.shared.sealed import digest, seal
from nobat.sms.models import SECRET_WAITS, Kind
from nobat.sms.outbox import queue_sms

# What seals an identity number, and what it is found by.
IDENTITY = "people.Person.identity"
_VOWEL_SIGNS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u0656\u0670"


class NotAPerson(RuleBroken):
    """A name, number or password that cannot be: pages check this before, in words."""

    message = "مشخصات درست نیست. آن را از روی مدرک شناسایی دوباره بنویسید."
    status = 422


class IdentityInUse(RuleBroken):
    message = (
        "با این شمارهٔ شناسایی پیش‌تر حسابی با موبایل دیگری ساخته شده است. "
        "هر کس یک حساب دارد؛ با همان موبایل وارد شوید یا رمز تازه بگیرید. اگر آن حساب "
        "از شما نیست، با کارت شناسایی به یکی از دفترها بروید تا بررسی شود."
    )


class IdentityHeld(RuleBroken):
    """Who left during a week without booking comes back when that is over."""

    def __init__(self, until: datetime) -> None:
        super().__init__(
            "حسابی که با این شمارهٔ شناسایی بود حذف شده، ولی یک هفتهٔ بدون نوبت آن هنوز تمام نشده "
            f"است. از {long_day(tehran_day(until))}، ساعت {hour(until)} به بعد می‌توانید دوباره "
            "ثبت‌نام کنید. اگر آن حساب از شما نبوده، با کارت شناسایی به یکی از دفترها بروید."
        )


class MobileInUse(RuleBroken):
    message = "این شمارهٔ موبایل همین حالا حساب گرفت. با آن وارد شوید."


def start_sign_up(*, mobile: str, address: str, device: str = "") -> None:
    """Send the SMS code, or to a number with an account the SMS that says so.

    Raises CodeSentJustNow or TooOften, for any number alike.
    """
    send_code(mobile=mobile, purpose=Purpose.SIGN_UP, address=address, device=device)


def make_account(
    *,
    mobile: str,
    nationality: str,
    first_name: str,
    last_name: str,
    identity_kind: str,
    identity_number: str,
    password: str,
) -> Person:
    """Write the person down and queue the SMS of the account: all or nothing.

    The mobile must have been proven by its SMS code. Only then, and only so often, does
    IdentityInUse tell that an identity number already has an account: whoever asks has
    shown a SIM card that leads to them, and the owner of the number needs the answer.
    Raises NotAPerson, IdentityInUse, IdentityHeld, MobileInUse or TooOften.
    """
    now = timezone.now()
    number = plain_identity(identity_number)
    person = Person(
        mobile=mobile,
        first_name=clean(first_name),
        last_name=clean(last_name),
        nationality=nationality,
        identity_kind=identity_kind,
        identity_sealed=seal(number, IDENTITY),
        identity_digest=digest(number, IDENTITY),
        identity_tail=number[-3:],
        joined_at=now,
    )
    _check(person, number, password)
    throttle.count_within([(throttle.IDENTITIES_PER_DAY, mobile)], now)
    set_password(person, password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
            record(Act.ACCOUNT_MADE, person, by=person, at=now)
            _queue_credentials(person, password, now)
    except IntegrityError as broken:
        raise _refusal(broken, person) from None
    return person


def _check(person: Person, number: str, password: str) -> None:
    numbers = (person.mobile, number)
    if (
        person.nationality not in COUNTRIES
        or person.identity_kind not in identity_kinds(person.nationality)
        or identity_problem(person.identity_kind, number)
        or name_problem(person.first_name)
        or name_problem(person.last_name)
        or password_problem(password, numbers=numbers)
    ):
        raise NotAPerson


def name_problem(name: str) -> str | None:
    """What is wrong with a first or last name, as a sentence; None if nothing is."""
    letters = [character for character in clean(name) if character.isalpha()]
    if not letters:
        return "نام را با حروف بنویسید."
    if len(clean(name)) > 60:
        return "این نام بیش از ۶۰ حرف است. کوتاه‌شدهٔ آن را بنویسید."
    if not all(_belongs_in_a_name(character) for character in clean(name)):
        return "در نام فقط حرف می‌آید، نه عدد و نشانه. آن را دوباره بنویسید."
    return None


def _belongs_in_a_name(character: str) -> bool:
    # Letters with their marks, spaces and half-spaces, and what stands in double names.
    return character.isalpha() or character in " \u200c-.'’" or character in _VOWEL_SIGNS


def _queue_credentials(person: Person, password: str, now: datetime) -> None:
    with_password = settings.CREDENTIALS_SMS == "username_and_password"
    queue_sms(
        kind=Kind.ACCOUNT_MADE,
        to=person.mobile,
        about=name_of(person),
        occasion=f"account_made:{person.pk}",
        params={"username": local_form(person.mobile)},
        secret={"password": password} if with_password else None,
        not_after=now + SECRET_WAITS,
    )


def _refusal(broken: IntegrityError, person: Person) -> RuleBroken | IntegrityError:
    constraint = broken.__cause__.diag.constraint_name or ""  # type: ignore[union-attr]
    if constraint == "one_person_per_identity":
        held = ErasedAccount.objects.filter(
            person__identity_kind=person.identity_kind,
            person__identity_digest=person.identity_digest,
        ).first()
        until = held.identity_held_until if held else None
        return IdentityHeld(until) if until else IdentityInUse()
    if "mobile" in constraint:
        return MobileInUse()
    return broken
