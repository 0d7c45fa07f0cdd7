"""When an office's day ends by its schedule."""

from datetime import date, datetime

from django.db.models import Max, Q

from nobat.offices.models import Office
from nobat.schedule.models import Slot


def last_turn(office: Office, day: date) -> datetime | None:
    """The end of the last turn that is offered or held on this day, if there is any."""
    turns = Slot.objects.filter(Q(offered__gt=0) | Q(taken__gt=0), office=office, day=day)
    ends_at: datetime | None = turns.aggregate(ends_at=Max("ends_at"))["ends_at"]
    return ends_at
