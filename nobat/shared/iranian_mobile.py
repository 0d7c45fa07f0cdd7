"""An Iranian mobile number in one form, whichever way somebody has written it."""

import re

from nobat.shared.persian import without_separators

# Which 09xx are in use changes with every new operator; the SMS code proves the number.
_MOBILE = re.compile(r"(?:\+98|0098|98|0)?(9[0-9]{9})")


def iranian_mobile(text: str) -> str | None:
    """The number as E.164 («+989170001234»); None for anything else."""
    found = _MOBILE.fullmatch(without_separators(text))
    return f"+98{found[1]}" if found else None
