"""What is written down about an office, and which words and numbers are accepted for it."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import isclose

from nobat.offices.models import Office, OfficeService
from nobat.shared.persian import clean, fa_digits, fold_packed, latin_digits, without_separators
from nobat.shared.rules import RuleBroken

_CODE = re.compile(r"[0-9]{1,12}")
_PHONE = re.compile(r"(?:\+98|0098|98|0)?([1-8][0-9]{9})")
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]+)?")
_WORD_BEFORE_A_NAME = re.compile(r"^دفتر[ \u200c]+(?=\S)")
_SOUTH, _NORTH, _WEST, _EAST = 24.5, 40.0, 43.5, 64.0  # degrees: a frame around Iran
_AS_GOOD_AS_EQUAL = 1e-7  # degrees: a centimetre
_YES = {fold_packed(word) for word in ("بله", "بلی", "آری", "هست", "کشیک", "1", "yes", "true", "✓")}
_NO = {fold_packed(word) for word in ("خیر", "نه", "نیست", "0", "no", "false")}


class WrongDetail(RuleBroken):
    """One cell or field; the sentence says which kind is wanted."""

    status = 422


@dataclass(frozen=True, kw_only=True)
class OfficeDetails:
    """Everything but the status: an office is opened, suspended and closed by acts of its own."""

    code: str
    name: str
    manager: str
    county: int  # id
    address: str
    phone: str
    lat: float
    lon: float
    is_exempt: bool
    services: frozenset[str]  # codes of those that can be booked


_ROOM = {"name": 80, "manager": 120, "address": 200}  # letters, as in the database
FIELDS = tuple(OfficeDetails.__dataclass_fields__)


def details_of(offices: Iterable[Office]) -> dict[str, OfficeDetails]:
    """As they stand in the database now, by code."""
    offices = list(offices)
    offered: dict[int, set[str]] = defaultdict(set)
    rows = OfficeService.objects.filter(office__in=offices, service__is_bookable=True)
    for office_id, service in rows.values_list("office", "service__code"):
        offered[office_id].add(service)
    return {
        office.code: OfficeDetails(
            county=office.county_id,
            services=frozenset(offered[office.pk]),
            **{
                name: getattr(office, name) for name in FIELDS if name not in ("county", "services")
            },
        )
        for office in offices
    }


def differing(old: OfficeDetails, new: OfficeDetails) -> list[str]:
    """The names of the fields that are not the same."""
    return [name for name in FIELDS if not _same(getattr(old, name), getattr(new, name))]


def _same(old: object, new: object) -> bool:
    if isinstance(old, float) and isinstance(new, float):
        return isclose(old, new, rel_tol=0, abs_tol=_AS_GOOD_AS_EQUAL)
    return old == new


# ------------------------------------------------------- what somebody has written


def read_code(text: str) -> str:
    code = without_separators(text)
    if not _CODE.fullmatch(code):
        raise WrongDetail("کد دفتر فقط رقم است، تا ۱۲ رقم.")
    return code


def read_name(text: str) -> str:
    """Without the word «دفتر» before it."""
    name = _WORD_BEFORE_A_NAME.sub("", clean(text))
    return _fitting(name, "name", "نام دفتر")


def read_manager(text: str) -> str:
    return _fitting(clean(text), "manager", "نام مدیر")


def read_address(text: str) -> str:
    return _fitting(clean(text), "address", "نشانی")


def read_phone(text: str) -> str:
    """Eleven digits with the area code; spreadsheets lose the zero before them."""
    found = _PHONE.fullmatch(without_separators(text))
    if found is None:
        raise WrongDetail("تلفن باید ثابت و با پیش‌شمارهٔ شهر باشد، ۱۱ رقم؛ مانند ۰۷۱۳۲۰۰۰۱۱۲.")
    return f"0{found[1]}"


def read_lat(text: str) -> float:
    return _degrees(text, _SOUTH, _NORTH, "عرض جغرافیایی در ایران میان ۲۴٫۵ و ۴۰ درجه است.")


def read_lon(text: str) -> float:
    return _degrees(text, _WEST, _EAST, "طول جغرافیایی در ایران میان ۴۳٫۵ و ۶۴ درجه است.")


def read_exempt(text: str) -> bool:
    answer = fold_packed(text)
    if answer not in _YES | _NO:
        raise WrongDetail("در ستون کشیک «بله» یا «خیر» بنویسید.")
    return answer in _YES


READ: dict[str, Callable[[str], object]] = {
    "code": read_code,
    "name": read_name,
    "manager": read_manager,
    "address": read_address,
    "phone": read_phone,
    "lat": read_lat,
    "lon": read_lon,
    "is_exempt": read_exempt,
}


def _fitting(text: str, column: str, title: str) -> str:
    """What the database has room for, in the widest form that the keys of the search take."""
    most = _ROOM[column]
    if not text or len(unicodedata.normalize("NFKC", text).casefold()) > most:
        raise WrongDetail(f"{title} باید نوشته شود و تا {fa_digits(most)} نویسه باشد.")
    return text


def _degrees(text: str, least: float, most: float, says: str) -> float:
    # Persian spreadsheets write the decimal point as «٫», «/» or a comma.
    written = re.sub(r"[٫/,،]", ".", latin_digits(clean(text)).strip("° "))
    if not _NUMBER.fullmatch(written) or not least <= float(written) <= most:
        raise WrongDetail(says)
    return float(written)
