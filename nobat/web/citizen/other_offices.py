"""The nearest other offices with a free hour: a full office is no dead end."""

from datetime import date

from nobat.offices.find import OfficeSearch
from nobat.offices.models import Office
from nobat.schedule.found_offices import FoundOffice, free_offices_around
from nobat.schedule.timetable import CalendarOffice

OTHER_OFFICES = 5


def other_offices(
    office: Office | CalendarOffice, *, service: str, first: date, last: date
) -> list[FoundOffice]:
    """The five nearest that offer the service; one statement."""
    search = OfficeSearch(service=service, near=(office.lat, office.lon))
    return free_offices_around(
        search, count=OTHER_OFFICES, first=first, last=last, but_not=office.pk
    )
