"""What an office offers, from the numbers of its services: what each of them says is the same
in the whole country, and so is not read with every page."""

from collections.abc import Collection
from functools import lru_cache

from django.db.models import F

from nobat.offices.models import Service
from nobat.schedule.timetable import OfferedService
from nobat.shared.kept import Kept

# By number, those that cannot be booked as None; in the order in which people see them.
_CATALOGUE: Kept[dict[int, OfferedService | None]] = Kept(most=1)
_IN_THEIR_ORDER = F("parent__position").asc(nulls_first=True), "position"


def offered_services(numbers: Collection[int]) -> tuple[OfferedService, ...]:
    """Those that can be booked, in their order; one statement in two seconds."""
    known = _CATALOGUE.or_make("services", _read)
    offered = frozenset(numbers)
    if not known.keys() >= offered:  # one that is newer
        _CATALOGUE.forget()
        known = _CATALOGUE.or_make("services", _read)
    return tuple([each for number, each in known.items() if each and number in offered])


def _read() -> dict[int, OfferedService | None]:
    services = Service.objects.select_related("parent").order_by(*_IN_THEIR_ORDER)
    return {each.pk: _offered(each) if each.is_bookable else None for each in services}


def _offered(service: Service) -> OfferedService:
    head = service.parent.title if service.parent else ""
    return _one(service.code, service.title, head, service.needs_sana, tuple(service.papers))


_one = lru_cache(maxsize=512)(OfferedService)  # the same again, as long as it says the same
