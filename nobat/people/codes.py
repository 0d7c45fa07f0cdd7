"""The six digits that an SMS brings: sent rarely, right for two minutes, tried five times."""

import secrets
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from nobat.people import throttle
from nobat.people.models import Person, Purpose, SmsCode
from nobat.people.operator_networks import is_of_mobile_operator
from nobat.people.wrong_codes import are_too_many_wrong, note_wrong_code
from nobat.shared.counts import count_code
from nobat.shared.persian import fa_digits
from nobat.shared.rules import RuleBroken
from nobat.shared.sealed import digest
from nobat.sms.budget import is_spent
from nobat.sms.models import Kind
from nobat.sms.outbox import queue_sms

LIFETIME = timedelta(minutes=2)
MOST_TRIES = 5
RESEND_AFTER = timedelta(seconds=60)
DIGITS = 6


class WrongCode(RuleBroken):
    message = "این کد درست نیست. کد آخرین پیامک را بنویسید."
    status = 422


class CodeExpired(RuleBroken):
    message = "زمان این کد گذشته است. کد تازه بخواهید."
    status = 422


class CodeUsedUp(RuleBroken):
    message = "این کد پنج بار نادرست نوشته شد و دیگر پذیرفته نیست. کد تازه بخواهید."
    status = 422


class CodeSentJustNow(RuleBroken):
    status = 429

    def __init__(self, again_at: datetime, now: datetime) -> None:
        self.again_at = again_at
        seconds = max(1, round((again_at - now).total_seconds()))
        super().__init__(
            "کد را همین حالا فرستادیم و شاید در راه باشد. "
            f"{fa_digits(seconds)} ثانیهٔ دیگر می‌توانید کد تازه بخواهید."
        )


class NeedsSecurityCode(RuleBroken):
    message = "برای این که بدانیم ربات نیستید، کد امنیتی را هم بنویسید."
    status = 429


def send_code(
    *, mobile: str, purpose: Purpose, address: str, device: str = "", is_human: bool = True
) -> None:
    """Send a fresh code, which ends the one before.

    Whether the number has an account is told only to its owner, in the SMS: the same
    rows are written and the same refusals raised for every number. `address` and `device`
    are where the request comes from, as far as that is known; `is_human` says that its
    security code was right. Raises NeedsSecurityCode, CodeSentJustNow or TooOften.
    """
    now = timezone.now()
    _wait_a_minute(mobile, purpose, now)
    if not is_human:
        _ask_strangers_for_the_security_code(mobile, address, device, now)
    throttle.count_within(_limits_of(mobile, address, device), now)
    with transaction.atomic():
        has_account = Person.objects.filter(mobile=mobile).exists()
        digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        # Signing up needs a number without an account, everything else one with it. In the
        # other case a code is kept that no six digits match.
        is_sent = has_account != (purpose == Purpose.SIGN_UP)
        kept = digits if is_sent else secrets.token_hex()
        code = _overwrite(mobile, purpose, kept, now)
        if code is None:  # another request of this moment was first
            raise CodeSentJustNow(now + RESEND_AFTER, now)
        _queue(mobile, purpose, code, digits, has_account=has_account, now=now)
    if is_sent:
        count_code("queued")


def use_code(*, mobile: str, purpose: Purpose, digits: str) -> None:
    """Count one try and, if the code is right, use it up, in one statement, so that tries
    at the same moment are counted too. Call it outside of a transaction: a refusal of what
    comes after must not give the try back.

    Raises WrongCode, CodeExpired, CodeUsedUp or TooOften.
    """
    now = timezone.now()
    throttle.count_within([(throttle.CODES_TRIED_PER_DAY, mobile)], now)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_smscode SET tries = tries + 1,"
            " used_at = CASE WHEN digest = %s THEN %s END"
            " WHERE mobile = %s AND purpose = %s"
            " AND used_at IS NULL AND tries < %s AND expires_at > %s"
            " RETURNING used_at IS NOT NULL, tries",
            [
                _digest(mobile, purpose, digits),
                now,
                mobile,
                purpose,
                MOST_TRIES,
                now,
            ],
        )
        row = cursor.fetchone()
    if row is None:
        count_code("too late")
        raise _why_there_is_no_code(mobile, purpose, now)
    is_right, tries = row
    count_code("right" if is_right else "wrong")
    if not is_right:
        note_wrong_code(now)
        raise CodeUsedUp if tries == MOST_TRIES else WrongCode


def _ask_strangers_for_the_security_code(
    mobile: str, address: str, device: str, now: datetime
) -> None:
    asked = [
        (throttle.CODES_OF_MOBILE_BEFORE_SECURITY_CODE, mobile),
        (throttle.CODES_OF_ADDRESS_BEFORE_SECURITY_CODE, address),
    ]
    if not is_of_mobile_operator(address):
        asked.append((throttle.CODES_OF_ADDRESS_IN_AN_HOUR_BEFORE_SECURITY_CODE, address))
    if device:
        asked.append((throttle.CODES_OF_DEVICE_BEFORE_SECURITY_CODE, device))
    if throttle.passes_one_of(asked, now) or is_spent(now) or are_too_many_wrong():
        raise NeedsSecurityCode


def _limits_of(mobile: str, address: str, device: str) -> list[tuple[throttle.Limit, str]]:
    is_shared = is_of_mobile_operator(address)
    of_address = throttle.CODES_OF_OPERATOR_ADDRESS if is_shared else throttle.CODES_OF_ADDRESS
    limits = [
        (throttle.CODES_PER_HOUR, mobile),
        (throttle.CODES_PER_DAY, mobile),
        (of_address, address),
        (throttle.CODES_OF_SYSTEM, ""),
    ]
    return [*limits, (throttle.CODES_OF_DEVICE, device)] if device else limits


def _wait_a_minute(mobile: str, purpose: Purpose, now: datetime) -> None:
    # Only to be kind before anything is counted; _overwrite is what makes it sure.
    made_at = _made_at(mobile, purpose)
    if made_at and now < made_at + RESEND_AFTER:
        raise CodeSentJustNow(made_at + RESEND_AFTER, now)


def _made_at(mobile: str, purpose: Purpose) -> datetime | None:
    codes = SmsCode.objects.filter(mobile=mobile, purpose=purpose)
    return codes.values_list("made_at", flat=True).first()


def _overwrite(mobile: str, purpose: Purpose, kept: str, now: datetime) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_smscode"
            " (mobile, purpose, digest, made_at, expires_at, tries, used_at)"
            " VALUES (%s, %s, %s, %s, %s, 0, NULL)"
            " ON CONFLICT (mobile, purpose) DO UPDATE SET digest = EXCLUDED.digest,"
            " made_at = EXCLUDED.made_at, expires_at = EXCLUDED.expires_at,"
            " tries = 0, used_at = NULL"
            " WHERE people_smscode.made_at <= %s RETURNING id",
            [
                mobile,
                purpose,
                _digest(mobile, purpose, kept),
                now,
                now + LIFETIME,
                now - RESEND_AFTER,
            ],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _queue(
    mobile: str,
    purpose: Purpose,
    code: int,
    digits: str,
    *,
    has_account: bool,
    now: datetime,
) -> None:
    kind = Kind.CODE
    if purpose == Purpose.SIGN_UP and has_account:
        kind = Kind.HAS_ACCOUNT
    elif purpose != Purpose.SIGN_UP and not has_account:
        kind = Kind.NO_ACCOUNT
    queue_sms(
        kind=kind,
        to=mobile,
        about=f"people.SmsCode:{code}",
        occasion=f"code:{code}:{now.timestamp():.6f}",
        params={"purpose": purpose.value},
        # Sealed in any case, so that every number makes the same work.
        secret={"code": digits} if kind == Kind.CODE else {},
        not_after=now + LIFETIME,
    )


def _why_there_is_no_code(mobile: str, purpose: Purpose, now: datetime) -> RuleBroken:
    code = SmsCode.objects.filter(mobile=mobile, purpose=purpose).first()
    if code and code.used_at is None and code.tries >= MOST_TRIES:
        return CodeUsedUp()
    return CodeExpired()


def _digest(mobile: str, purpose: Purpose, digits: str) -> str:
    return digest(f"{purpose}\0{mobile}\0{digits}", "people.SmsCode")
