"""The tracking code: ten digits that survive being read out, copied and typed on old phones."""

import secrets

from nobat.shared.persian import without_separators

# A quasigroup of order 10 without fixed points (H. M. Damm, 2004): the check digit made with
# it notices every wrong digit and every two neighbours that changed places.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
_STEP = [[int(digit) for digit in row] for row in _DAMM]
_LENGTH = 10


def new_reference() -> str:
    """Ten Latin digits by chance, the last a check digit; never a zero in front."""
    body = str(secrets.randbelow(900_000_000) + 100_000_000)
    return body + _check_digit(body)


def is_reference(text: str) -> bool:
    """Whether these ten Latin digits can be a tracking code."""
    return (
        len(text) == _LENGTH
        and text.isascii()
        and text.isdigit()
        and text[0] != "0"
        and _check_digit(text) == "0"
    )


def typed_reference(text: str) -> str:
    """What somebody typed or pasted, in the form that is stored; perhaps no tracking code."""
    return without_separators(text)


def grouped(reference: str) -> str:
    """«481 927 3506»"""
    return f"{reference[:3]} {reference[3:6]} {reference[6:]}"


def _check_digit(digits: str) -> str:
    state = 0
    for digit in digits:
        state = _STEP[state][int(digit)]
    return str(state)
