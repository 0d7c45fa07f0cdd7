"""What hangs in an office's waiting room: the numbers being served, and how many wait."""

from dataclasses import dataclass, field
from datetime import datetime

from nobat.offices.models import Office
from nobat.shared.jalali import tehran_day
from nobat.visits.models import Visit, VisitState

MOST_NUMBERS = 7  # what a screen has room for, read from six metres


@dataclass(frozen=True)
class Display:
    """Numbers alone: who they belong to is nobody else's business."""

    being_served: list[int] = field(default_factory=list)  # the last called first
    waiting: int = 0


def display(office: Office, now: datetime) -> Display:
    """One statement."""
    today = Visit.objects.of_day(office, tehran_day(now))
    here = today.filter(state__in=[VisitState.WAITING, VisitState.BEING_SERVED])
    rows = list(here.order_by("-called_at", "-number").values_list("state", "number"))
    being_served = [number for state, number in rows if state == VisitState.BEING_SERVED]
    return Display(being_served[:MOST_NUMBERS], len(rows) - len(being_served))
