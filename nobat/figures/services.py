"""What appointments of a part were for."""

from typing import Any, NamedTuple

from django.db.models import Count, QuerySet, Sum

from nobat.appointments.models import Appointment
from nobat.figures.figures import Part
from nobat.figures.models import ServiceDayTotal
from nobat.figures.month import Span


class ServiceRow(NamedTuple):
    title: str
    appointments: int


def rows_of_services(part: Part, span: Span) -> list[ServiceRow]:
    """The most asked for first, whatever has become of the appointments.

    A single office's are read from its own few hundred rows of the month: a total of each
    office, service and day would be as many rows as there are appointments.
    """
    days = (span.first, span.last)
    if part.office:
        own = Appointment.objects.filter(office=part.office, day__range=days)
        return _most_first(own.values_list("service__title").annotate(number=Count("pk")))
    totals = ServiceDayTotal.objects.filter(day__range=days, appointments__gt=0)
    if part.county:
        totals = totals.filter(county=part.county)
    elif part.province:
        totals = totals.filter(county__province=part.province)
    return _most_first(totals.values_list("service__title").annotate(number=Sum("appointments")))


def _most_first(rows: QuerySet[Any, Any]) -> list[ServiceRow]:
    return [ServiceRow(*row) for row in rows.order_by("-number", "service__title")]
