"""The proof of an appointment: what its receipt says, and the signature under it.

Its QR code is one long number: scanners type what they read through whatever keyboard
layout is set, and only digits come out right on a Persian one. The number holds the name of
a key, a few fields and their Ed25519 signature, so that an office can check it with no network.
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from nobat.appointments.models import Appointment, Status
from nobat.appointments.receipt_keys import has_signed, sign, signing_key_name
from nobat.shared.persian import without_separators
from nobat.shared.reference import is_reference
from nobat.shared.rules import RuleBroken

# In front of the number, and signed along with the fields; another one when they change.
FORM = "2"
# Printed before keys had names: without one, and with the signature of the fields alone.
FORM_WITHOUT_KEY_NAME = "1"
SIGNATURE_BYTES = 64
# A name of this length keeps the code coarse enough for a cheap printer.
NAME_LETTERS = 40
# The longest name makes fewer than 500 digits.
MOST_DIGITS = 800


class NotAReceipt(RuleBroken):
    status = 400
    message = "این نوشته رسید نوبت نیست. کد تصویری رسید را بخوانید یا کد رهگیری را بنویسید."


class Forged(RuleBroken):
    status = 400
    message = (
        "امضای این رسید درست نیست. یا بد خوانده شده یا این سامانه آن را نداده است. یک بار "
        "دیگر بخوانید؛ اگر باز همین شد، کد رهگیری یا کد ملی را بنویسید."
    )


class NoReceipt(RuleBroken):
    message = (
        "این نوبت رسید ندارد. رسید فقط برای نوبتی داده می‌شود که هنوز برقرار است. نوبت‌های "
        "دیگرتان را در «نوبت‌های من» ببینید."
    )


class Receipt(NamedTuple):
    """What the signature covers: enough to admit somebody, no full identity number."""

    reference: str
    office_code: str
    starts_at: datetime
    ends_at: datetime
    cases: int
    moves: int
    identity_tail: str
    full_name: str  # shortened when it is long


def receipt_text(appointment: Appointment) -> str:
    """The digits of the QR code. Raises NoReceipt unless the appointment stands."""
    if appointment.status != Status.BOOKED:
        raise NoReceipt
    payload = f"{signing_key_name()}|{_fields(_receipt_of(appointment))}".encode()
    signature = sign(FORM.encode() + payload)
    return FORM + str(int.from_bytes(payload + signature, "big"))


def read_receipt(text: str) -> Receipt:
    """What a scanned receipt says, in any kind of digits; needs no database.

    Raises NotAReceipt for what is none, and Forged when no key of ours has signed it.
    """
    form, blob = _form_and_blob(without_separators(text))
    payload, signature = blob[:-SIGNATURE_BYTES], blob[-SIGNATURE_BYTES:]
    if form == FORM_WITHOUT_KEY_NAME:
        signed, key_name, fields = payload, b"", payload
    else:
        signed = form.encode() + payload
        key_name, _, fields = payload.partition(b"|")
    if not has_signed(signed, signature, key_name=key_name.decode("ascii", "replace")):
        raise Forged
    said = fields.decode().split("|", 7)
    # What was signed in the one form is nothing in the other.
    if not is_reference(said[0]):
        raise Forged
    return _receipt_in(said)


def receipt_stands(receipt: Receipt) -> bool:
    """Whether the appointment is still the one this receipt was given for."""
    return Appointment.objects.filter(
        reference=receipt.reference, status=Status.BOOKED, moves=receipt.moves
    ).exists()


def _receipt_of(appointment: Appointment) -> Receipt:
    citizen = appointment.citizen
    name = citizen.full_name
    return Receipt(
        reference=appointment.reference,
        office_code=appointment.office.code,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        cases=appointment.cases,
        moves=appointment.moves,
        identity_tail=citizen.identity_tail,
        full_name=name if len(name) <= NAME_LETTERS else name[: NAME_LETTERS - 1] + "…",
    )


def _fields(receipt: Receipt) -> str:
    fields = (
        receipt.reference,
        receipt.office_code,
        _minutes(receipt.starts_at),
        _minutes(receipt.ends_at) - _minutes(receipt.starts_at),
        receipt.cases,
        receipt.moves,
        receipt.identity_tail,
        receipt.full_name,
    )
    return "|".join(map(str, fields))


def _receipt_in(said: list[str]) -> Receipt:
    reference, office_code, minutes, length, cases, moves, tail, name = said
    starts_at = datetime.fromtimestamp(int(minutes) * 60, UTC)
    return Receipt(
        reference=reference,
        office_code=office_code,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=int(length)),
        cases=int(cases),
        moves=int(moves),
        identity_tail=tail,
        full_name=name,
    )


def _form_and_blob(digits: str) -> tuple[str, bytes]:
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
        raise NotAReceipt
    form, number = digits[:1], int(digits[1:] or 0)
    blob = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if form not in (FORM, FORM_WITHOUT_KEY_NAME) or len(blob) <= SIGNATURE_BYTES:
        raise NotAReceipt
    return form, blob


def _minutes(moment: datetime) -> int:
    """Minutes since 1970: every turn begins and ends at a whole one."""
    return int(moment.timestamp()) // 60
