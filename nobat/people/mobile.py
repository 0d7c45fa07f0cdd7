"""One form for every way of writing an Iranian mobile number."""

from nobat.shared.iranian_mobile import iranian_mobile
from nobat.shared.rules import RuleBroken


class NotAMobile(RuleBroken):
    message = (
        "این شمارهٔ موبایل ایران نیست. شماره‌ای ۱۱ رقمی بنویسید که با ۰۹ آغاز می‌شود، "
        "مانند ۰۹۱۷۰۰۰۱۲۳۴."
    )
    status = 400


def mobile_number(text: str) -> str:
    """The number as E.164 («+989170001234»); raises NotAMobile for anything else."""
    number = iranian_mobile(text)
    if number is None:
        raise NotAMobile
    return number


def local_form(mobile: str) -> str:
    """The number as it is dialled at home («09170001234»), from E.164."""
    return "0" + mobile.removeprefix("+98")
