"""Is this a possible identity number? National code, foreign unique code, or document."""

import re

from nobat.people.models import IdentityKind
from nobat.shared.persian import without_separators

_DOCUMENT = re.compile(r"[A-Z0-9]{5,20}")


def plain_identity(text: str) -> str:
    """The number as it is stored and compared: Latin digits, capitals, nothing between."""
    return without_separators(text).upper()


def is_national_code(text: str) -> bool:
    """Whether it has the form of a national code: that proves form, never ownership."""
    return _national_problem(plain_identity(text)) is None


def identity_problem(kind: str, text: str) -> str | None:
    """What is wrong with this number, as a sentence for its owner; None if nothing is."""
    number = plain_identity(text)
    if kind == IdentityKind.NATIONAL:
        return _national_problem(number)
    if kind == IdentityKind.FOREIGN_UNIQUE:
        return _unique_code_problem(number)
    return _document_problem(number)


def _national_problem(code: str) -> str | None:
    if not _is_digits(code):
        return "کد ملی فقط عدد است. آن را از روی کارت ملی دوباره بنویسید."
    if len(code) != 10:
        return "کد ملی باید ۱۰ رقم باشد، با صفرهای اول. آن را از روی کارت بنویسید."
    # Ten equal digits pass the sum below, but nobody has such a code.
    if len(set(code)) == 1:
        return "کد ملی نمی‌تواند ده رقم یکسان باشد. آن را از روی کارت بنویسید."
    # Digits 4 to 9 number the people of one place, and the count starts at one.
    if code[3:9] == "000000":
        return "چنین کد ملی‌ای داده نمی‌شود. آن را از روی کارت ملی دوباره بنویسید."
    if not _last_digit_fits(code):
        return "رقم آخر با بقیه نمی‌خواند. کد ملی را از روی کارت دوباره بنویسید."
    return None


def _last_digit_fits(code: str) -> bool:
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(code[:9])) % 11
    return int(code[9]) == (rest if rest < 2 else 11 - rest)


def _unique_code_problem(code: str) -> str | None:
    # No check digit of this code is published, so only its form can be looked at.
    if not _is_digits(code) or len(code) != 12 or len(set(code)) == 1:
        return "کد یکتای اتباع خارجی ۱۲ رقم است. آن را از روی مدرک اقامت دوباره بنویسید."
    return None


def _document_problem(number: str) -> str | None:
    if not _DOCUMENT.fullmatch(number):
        return (
            "شمارهٔ مدرک ۵ تا ۲۰ حرف لاتین یا عدد است. "
            "آن را همان‌گونه که روی گذرنامه یا کارت اقامت است بنویسید."
        )
    return None


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
