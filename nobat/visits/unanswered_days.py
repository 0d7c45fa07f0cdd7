"""Days on which an office recorded nobody, and of which nobody has said why."""

from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery

from nobat.appointments import policy
from nobat.appointments.models import Appointment, Status
from nobat.offices.models import Office
from nobat.shared.jalali import tehran_day
from nobat.visits.models import OfficeDay, Visit


def unanswered_days(now: datetime, office: Office | None = None) -> QuerySet[OfficeDay]:
    """The oldest first, each with `people`: how many appointments wait for the answer.

    Only days that can still be answered. Without an office: those of all offices.
    """
    asked = OfficeDay.objects.exclude(questioned_at=None).filter(
        answer="", day__gte=tehran_day(now) - policy.CAN_STILL_BE_ANSWERED
    )
    if office:
        asked = asked.filter(office=office)
    of_day = {"office": OuterRef("office"), "day": OuterRef("day")}
    waiting = Appointment.objects.filter(**of_day, status=Status.BOOKED).order_by()
    people = waiting.values("office").annotate(people=Count("pk")).values("people")
    return (
        # Visits that came in late are an answer, too.
        asked.exclude(Exists(Visit.objects.filter(**of_day)))
        .annotate(people=Subquery(people))
        .exclude(people=None)
        .select_related("office__county")
        .order_by(F("day"), "office__code")
    )
