"""The nearest other offices with a free hour: a full office is no dead end."""

from datetime import date

from nobat.offices.find import OfficeSearch, find_offices
from nobat.offices.models import Office, OfficeQuerySet
from nobat.schedule.first_free import only_with_free


def other_offices(office: Office, *, service: str, first: date, last: date) -> OfficeQuerySet:
    """Those that offer the service, the nearest first, each with `metres` and `first_free_at`."""
    search = OfficeSearch(service=service, near=(office.lat, office.lon))
    others = find_offices(search).exclude(pk=office.pk)
    return only_with_free(others, first=first, last=last)
