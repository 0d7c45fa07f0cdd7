"""The trees people choose from: provinces with counties, heads with subjects.

They change a few times a year and stand on every page with a search, so each server
process keeps them in memory, and reads them again every minute.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple, TypeVar

from django.core.cache import cache

from nobat.offices.models import County, Service

T = TypeVar("T")
_KEPT_FOR = int(timedelta(minutes=1).total_seconds())


class Choice(NamedTuple):
    code: str
    name: str


class ProvinceChoices(NamedTuple):
    code: str
    name: str
    counties: list[Choice]


class SubjectChoices(NamedTuple):
    head: str
    subjects: list[Choice]


_PROVINCES, _SUBJECTS = "offices.places.provinces", "offices.places.subjects"


def provinces() -> list[ProvinceChoices]:
    """All provinces and their counties, each in alphabetical order."""
    return _kept(_PROVINCES, _read_provinces)


def subjects() -> list[SubjectChoices]:
    """What a turn can be taken for, under its head."""
    return _kept(_SUBJECTS, _read_subjects)


def forget_choices() -> None:
    """After a change: this process shows it at once, the others within a minute."""
    cache.delete_many([_PROVINCES, _SUBJECTS])


def _kept(key: str, read: Callable[[], list[T]]) -> list[T]:
    found = cache.get(key)
    if found:
        return found
    found = read()
    cache.set(key, found, _KEPT_FOR)
    return found


def _read_provinces() -> list[ProvinceChoices]:
    found: dict[str, ProvinceChoices] = {}
    in_order = County.objects.order_by("province__position", "position").values_list(
        "province_id", "province__name", "code", "name"
    )
    for province, province_name, code, name in in_order:
        there = found.setdefault(province, ProvinceChoices(province, province_name, []))
        there.counties.append(Choice(code, name))
    return list(found.values())


def _read_subjects() -> list[SubjectChoices]:
    found: dict[str, list[Choice]] = defaultdict(list)
    bookable = Service.objects.filter(is_bookable=True).select_related("parent")
    in_order = bookable.order_by("parent__position", "position")
    for service in in_order:
        head = service.parent.title if service.parent else ""
        found[head].append(Choice(service.code, service.title))
    return [SubjectChoices(head, choices) for head, choices in found.items()]
