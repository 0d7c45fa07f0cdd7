"""The trees people choose from: provinces with counties, heads with subjects.

They change a few times a year and stand on every page with a search, so each server
process keeps them in memory, and reads them again every minute. They are kept as they
are, not in Django's cache, which would pack five hundred counties and unpack them again
for every page.
"""

import time
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import Generic, NamedTuple, TypeVar

from nobat.offices.models import County, Service

T = TypeVar("T")
_KEPT_FOR = timedelta(minutes=1).total_seconds()


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


class _Kept(Generic[T]):
    """What was read from the database at most a minute ago; an empty answer is not kept."""

    def __init__(self, read: Callable[[], tuple[T, ...]]) -> None:
        self._read = read
        self.forget()

    def forget(self) -> None:
        self._found: tuple[T, ...] = ()
        self._until = 0.0

    def now(self) -> tuple[T, ...]:
        found = self._found  # another thread may forget it meanwhile
        if not found or time.time() >= self._until:
            found = self._found = self._read()
            self._until = time.time() + _KEPT_FOR
        return found


def provinces() -> tuple[ProvinceChoices, ...]:
    """All provinces and their counties, each in alphabetical order."""
    return _PROVINCES.now()


def subjects() -> tuple[SubjectChoices, ...]:
    """What a turn can be taken for, under its head."""
    return _SUBJECTS.now()


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


_PROVINCES, _SUBJECTS = _Kept(_read_provinces), _Kept(_read_subjects)
