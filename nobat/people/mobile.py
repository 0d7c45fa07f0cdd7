"""One form for every way of writing an Iranian mobile number."""

import re

from nobat.shared.persian import without_separators
from nobat.shared.rules import RuleBroken

# Which 09xx are in use changes with every new operator; the SMS code proves the number.
_MOBILE = re.compile(r"(?:\+98|0098|98|0)?(9[0-9]{9})")


class NotAMobile(RuleBroken):
    message = (
        "این شمارهٔ موبایل ایران نیست. شماره‌ای ۱۱ رقمی بنویسید که با ۰۹ آغاز می‌شود، "
        "مانند ۰۹۱۷۰۰۰۱۲۳۴."
    )
    status = 400


def mobile_number(text: str) -> str:
    """The number as E.164 («+989170001234»); raises NotAMobile for anything else."""
    found = _MOBILE.fullmatch(without_separators(text))
    if found is None:
        raise NotAMobile
    return f"+98{found[1]}"


def local_form(mobile: str) -> str:
    """The number as it is dialled at home («09170001234»), from E.164."""
    return "0" + mobile.removeprefix("+98")
