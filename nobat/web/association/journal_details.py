"""What an entry of the journal holds besides who, what and when: in words, where they are known."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from nobat.offices.models import AssociationRole, Role
from nobat.shared.jalali import full_day, hour
from nobat.shared.persian import fa_digits
from nobat.visits.models import Answer, VisitState


class Detail(NamedTuple):
    label: str
    says: str
    is_raw: bool = False  # as the system wrote it: read from left to right


# Ids of rows that nobody reads, or that the entry names already.
_FOR_THE_SYSTEM = {"slots", "from", "objection", "outage", "appointment", "order", "import"}
_ASSOCIATION = "association "
_ROLES = {role.value: role.label for role in Role} | {
    f"{_ASSOCIATION}{role.value}": str(role.label) for role in AssociationRole
}
_PAGES = {
    "journal": "رویدادها",
    "objection": "اعتراض",
    "suspensions": "جستجوی محرومیت",
    "suspension": "محرومیت",
    "messages": "جستجوی پیامک",
    "unusual_accounts": "حساب‌های غیرعادی",
}


def _day(value: object) -> str:
    return full_day(date.fromisoformat(str(value)))


def _moment(value: object) -> str:
    moment = datetime.fromisoformat(str(value))
    return f"{full_day(moment)}، ساعت {hour(moment)}"


def _one_of(words: Mapping[str, object]) -> Callable[[object], str]:
    return lambda value: str(words.get(str(value), value))


def _yes_or_no(value: object) -> str:
    return "بله" if value else "نه"


def _listed(value: object) -> str:
    many = value if isinstance(value, list) else [value]
    return "، ".join(map(str, many)) or "هیچ"


def _how_many(value: object) -> str:
    return fa_digits(len(value) if isinstance(value, list) else value)


_KNOWN: dict[str, tuple[str, Callable[[object], str]]] = {
    "day": ("روز", _day),
    "until_day": ("تا روز", _day),
    "valid_from": ("از تاریخ", _day),
    "holds_from": ("از تاریخ", _day),
    "starts_at": ("از", _moment),
    "ends_at": ("تا", _moment),
    "until": ("تا", _moment),
    "arrived_at": ("آمدن", _moment),
    "from_hour": ("از ساعت", fa_digits),
    "until_hour": ("تا ساعت", fa_digits),
    "reason": ("دلیل", str),
    "why": ("دلیل", str),
    "office": ("دفتر", fa_digits),
    "province": ("کد استان", fa_digits),
    "role": ("نقش", _one_of(_ROLES)),
    "role_before": ("نقش پیشین", _one_of(_ROLES)),
    "answer": ("پاسخ", _one_of({each.value: each.label for each in Answer})),
    "outcome": ("نتیجه", _one_of({each.value: each.label for each in VisitState})),
    "number": ("شمارهٔ مراجعه", fa_digits),
    "late": ("دیر به سامانه رسید", _yes_or_no),
    "has_seat": ("جای کسی که نیامد", _yes_or_no),
    "sessions": ("دستگاه خارج‌شده", fa_digits),
    "ended": ("دستگاه خارج‌شده", fa_digits),
    "left": ("کد بازیابی مانده", fa_digits),
    "hours": ("تکه‌های هفته", _how_many),
    "added": ("افزوده", _listed),
    "removed": ("برداشته", _listed),
    "changed": ("عوض‌شده", _listed),
    "page": ("صفحه", _one_of(_PAGES)),
}


def details_in_words(details: Mapping[str, object]) -> Iterator[Detail]:
    """What is not known is shown as it was written, so that nothing is kept back."""
    for name, value in details.items():
        if name in _FOR_THE_SYSTEM:
            continue
        yield _said(name, value) or Detail(name, str(value), is_raw=True)


def _said(name: str, value: object) -> Detail | None:
    label, words = _KNOWN.get(name, ("", str))
    try:
        return Detail(label, words(value)) if label else None
    except (TypeError, ValueError):  # another act uses the word for something else
        return None
