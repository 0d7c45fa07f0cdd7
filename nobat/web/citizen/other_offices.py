"""The nearest other offices with a free hour: a full office is no dead end."""

from datetime import date

from nobat.offices.find import OfficeSearch, find_offices
from nobat.offices.models import Office
from nobat.schedule.first_free import nearest_with_free

OTHER_OFFICES = 5


def other_offices(office: Office, *, service: str, first: date, last: date) -> list[Office]:
    """The five nearest that offer the service, each with `metres` and `first_free_at`."""
    search = OfficeSearch(service=service, near=(office.lat, office.lon))
    others = find_offices(search).exclude(pk=office.pk)
    return nearest_with_free(others, count=OTHER_OFFICES, first=first, last=last)
