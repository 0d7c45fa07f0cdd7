"""Landline numbers as people read them."""

from nobat.shared.persian import fa_digits

_LENGTH = 11  # with the area code


def grouped_phone(number: str) -> str:
    """«۰۷۱ ۳۲۰۰ ۰۱۱۲» from the eleven digits of a landline; another number as it is."""
    digits = fa_digits(number)
    if len(digits) != _LENGTH:
        return digits
    return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
