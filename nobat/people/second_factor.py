"""The six digits that an authenticator app shows: set up once, right for a moment, used once.

RFC 6238 as every such app knows it: SHA1, six digits, thirty seconds. The secret lies sealed
in the database. Why this is ours: docs/decisions/0017-second-factor-without-a-package.md.
"""

import base64
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.constant_time import bytes_eq
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.people import throttle
from nobat.people.mobile import local_form
from nobat.people.models import Person, RecoveryCode, SecondFactor
from nobat.people.recovery_codes import renew_recovery_codes, use_up
from nobat.people.sessions import end_staff_sessions
from nobat.shared.rules import RuleBroken
from nobat.shared.sealed import seal, unseal

DIGITS = 6
STEP_SECONDS = 30
# A clock that is wrong by half a minute, or a code that changed while it was typed.
STEPS_AROUND_NOW = (0, -1, 1)
SECRET_BYTES = 20
SECRET = "people.SecondFactor.secret"  # noqa: S105 (what it is sealed for)
ISSUER = "نوبت"


class WrongSecondFactor(RuleBroken):
    """Says the same of a wrong mobile or password: strangers learn nothing before this."""

    message = (
        "شمارهٔ موبایل، رمز یا کد درست نیست، یا این کد یک بار به کار رفته است. "
        "کد تازه‌ای را که برنامه نشان می‌دهد بنویسید؛ اگر باز هم نشد، از شماره و رمز آغاز کنید."
    )
    status = 422


class WrongCodeAgain(RuleBroken):
    message = (
        "این کد درست نیست، یا یک بار به کار رفته است. کد تازه‌ای را که برنامه همین حالا نشان "
        "می‌دهد بنویسید."
    )
    status = 422


class WrongRecoveryCode(RuleBroken):
    message = (
        "شمارهٔ موبایل، رمز یا کد بازیابی درست نیست، یا این کد یک بار به کار رفته است. "
        "کد دیگری از برگهٔ خود بنویسید؛ اگر باز هم نشد، از شماره و رمز آغاز کنید."
    )
    status = 422


class WrongFirstCode(RuleBroken):
    message = (
        "این کد با کلید بالا نمی‌خواند. ساعت گوشی را روی «خودکار» بگذارید و کدی را که همین حالا "
        "در برنامه می‌بینید بنویسید."
    )
    status = 422


class AlreadySetUp(RuleBroken):
    message = (
        "کد دوم این حساب پیش از این راه افتاده است. از صفحهٔ ورود با همان کد وارد شوید؛ "
        "اگر گوشی را ندارید، با یکی از کدهای بازیابی."
    )


class SetUpBegunElsewhere(RuleBroken):
    message = (
        "راه‌اندازی در پنجرهٔ دیگری از نو آغاز شده است. کلید این صفحه دیگر به کار نمی‌آید؛ "
        "از صفحهٔ ورود دوباره آغاز کنید."
    )


def begin_set_up(*, person: Person) -> bytes:
    """A new secret, sealed, in the place of one that was never confirmed. Whoever confirms
    must bring it along, so that nobody confirms a secret that another has seen.

    Raises AlreadySetUp.
    """
    sealed = seal(base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode(), SECRET)
    _, is_made = SecondFactor.objects.get_or_create(
        person=person, defaults={"secret_sealed": sealed}
    )
    unconfirmed = SecondFactor.objects.filter(person=person, confirmed_at=None)
    if not is_made and not unconfirmed.update(secret_sealed=sealed):
        raise AlreadySetUp
    return sealed


def secret_in(sealed: bytes | memoryview) -> str:
    """The secret as apps take it: base32, in capitals."""
    return unseal(sealed, SECRET)


def provisioning_uri(*, person: Person, sealed: bytes) -> str:
    """What the QR code of the set-up says; the mobile tells an app's entries apart."""
    return _totp(secret_in(sealed)).get_provisioning_uri(local_form(person.mobile), ISSUER)


def confirm_set_up(*, person: Person, sealed: bytes, digits: str) -> list[str]:
    """The first code was right: the second factor holds from now on.

    Returns ten recovery codes, which are told this once. Raises WrongFirstCode, TooOften
    or SetUpBegunElsewhere.
    """
    now = timezone.now()
    _count_try(tries_of(person), now)
    step = _step_of(sealed, digits, now)
    if step is None:
        raise WrongFirstCode
    with transaction.atomic():
        begun = SecondFactor.objects.filter(person=person, secret_sealed=sealed, confirmed_at=None)
        if not begun.update(confirmed_at=now, last_step=step):
            raise SetUpBegunElsewhere
        record(Act.SECOND_FACTOR_SET, person, by=person, at=now)
        codes = renew_recovery_codes(person=person)
    _forget_tries(tries_of(person))
    return codes


def use_code(*, person: Person | None, tries: str, digits: str) -> Person:
    """The person whose code this is; it is used up. Nobody's code is counted like any
    other, and is wrong. `tries` names what the tries are counted under (tries_of).

    Raises WrongSecondFactor or TooOften. Call it outside of a transaction: a refusal must
    not give the try back.
    """
    now = timezone.now()
    _count_try(tries, now)
    if not _use_up_step(person, digits, now) or person is None:
        raise WrongSecondFactor
    record(Act.STAFF_SIGNED_IN, person, by=person, at=now)
    _forget_tries(tries)
    return person


def show_code_again(*, person: Person, digits: str) -> None:
    """Somebody who is signed in shows that the phone is still theirs; the code is used up.

    Asked before what reaches far. Raises WrongCodeAgain or TooOften; call it outside of a
    transaction, as use_code.
    """
    now = timezone.now()
    _count_try(tries_of(person), now)
    if not _use_up_step(person, digits, now):
        raise WrongCodeAgain
    _forget_tries(tries_of(person))


def use_recovery_code(*, person: Person | None, tries: str, digits: str) -> Person:
    """The person whose recovery code this is; otherwise as use_code.

    Raises WrongRecoveryCode or TooOften.
    """
    _count_try(tries, timezone.now())
    if not use_up(person=person, digits=digits) or person is None:
        raise WrongRecoveryCode
    _forget_tries(tries)
    return person


def reset_second_factor(*, person: Person, by: Person | None = None) -> None:
    """For somebody who has lost both phone and paper: the next sign-in sets it up anew. The
    sessions it opened end. `by` nobody is the operator."""
    now = timezone.now()
    with transaction.atomic():
        SecondFactor.objects.filter(person=person).delete()
        RecoveryCode.objects.filter(person=person).delete()
        ended = end_staff_sessions(person)
        record(Act.SECOND_FACTOR_RESET, person, by=by, at=now, sessions=ended)


def is_set_up(person_id: int) -> bool:
    return SecondFactor.objects.filter(person=person_id, confirmed_at__isnull=False).exists()


def tries_of(person: Person) -> str:
    """What this person's tries at codes are counted under."""
    return f"person:{person.pk}"


def code_at(secret: str, moment: datetime) -> str:
    """What an app with this secret shows at that moment."""
    return _totp(secret).generate(int(moment.timestamp())).decode()


def _use_up_step(person: Person | None, digits: str, now: datetime) -> bool:
    """Whether these are the digits of now, and opened nothing before. Nobody's are asked
    for in the same way: the statements tell nothing."""
    factor = SecondFactor.objects.filter(
        person=person.pk if person else 0, confirmed_at__isnull=False
    ).first()
    step = _step_of(factor.secret_sealed, digits, now) if factor else None
    if factor is None or step is None:
        return False
    unused = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
    return bool(unused.update(last_step=step))


def _step_of(sealed: bytes | memoryview, digits: str, now: datetime) -> int | None:
    """The stretch of thirty seconds whose code this is, if it is one of those around now."""
    totp = _totp(secret_in(sealed))
    this = int(now.timestamp()) // STEP_SECONDS
    typed = digits.encode()
    for step in (this + around for around in STEPS_AROUND_NOW):
        if bytes_eq(totp.generate(step * STEP_SECONDS), typed):
            return step
    return None


def _totp(secret: str) -> TOTP:
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303


def _count_try(tries: str, now: datetime) -> None:
    throttle.count_within([(limit, tries) for limit in throttle.SECOND_FACTORS], now)


def _forget_tries(tries: str) -> None:
    """Begin again: who gave a right code was not guessing."""
    for limit in throttle.SECOND_FACTORS:
        throttle.forget(limit, tries)
