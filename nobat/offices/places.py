"""The trees people choose from: provinces with counties, heads with subjects.

They change a few times a year and stand on every page with a search, so each server
process keeps them in memory, and reads them again every minute. They are kept as they
are, not in Django's cache, which would pack five hundred counties and unpack them again
for every page.
"""

from collections import defaultdict
from typing import NamedTuple

from nobat.offices.models import County, Service
from nobat.shared.kept import Kept

_KEPT_FOR = 60  # seconds


class Choice(NamedTuple):
    code: str
    name: str


class ProvinceChoices(NamedTuple):
    code: str
    name: str
    counties: tuple[Choice, ...]


class SubjectChoices(NamedTuple):
    head: str
    subjects: tuple[Choice, ...]


_PROVINCES: Kept[tuple[ProvinceChoices, ...]] = Kept(most=1, seconds=_KEPT_FOR)
_SUBJECTS: Kept[tuple[SubjectChoices, ...]] = Kept(most=1, seconds=_KEPT_FOR)


def provinces() -> tuple[ProvinceChoices, ...]:
    """All provinces and their counties, each in alphabetical order."""
    return _PROVINCES.or_make((), _read_provinces)


def subjects() -> tuple[SubjectChoices, ...]:
    """What a turn can be taken for, under its head."""
    return _SUBJECTS.or_make((), _read_subjects)


def forget_choices() -> None:
    """After a change: this process shows it at once, the others within a minute."""
    _PROVINCES.forget()
    _SUBJECTS.forget()


def _read_provinces() -> tuple[ProvinceChoices, ...]:
    names: dict[str, str] = {}
    found: dict[str, list[Choice]] = defaultdict(list)
    in_order = County.objects.order_by("province__position", "position").values_list(
        "province_id", "province__name", "code", "name"
    )
    for province, province_name, code, name in in_order:
        names[province] = province_name
        found[province].append(Choice(code, name))
    return tuple(
        ProvinceChoices(code, names[code], tuple(counties)) for code, counties in found.items()
    )


def _read_subjects() -> tuple[SubjectChoices, ...]:
    found: dict[str, list[Choice]] = defaultdict(list)
    bookable = Service.objects.filter(is_bookable=True).select_related("parent")
    in_order = bookable.order_by("parent__position", "position")
    for service in in_order:
        head = service.parent.title if service.parent else ""
        found[head].append(Choice(service.code, service.title))
    return tuple(SubjectChoices(head, tuple(choices)) for head, choices in found.items())
