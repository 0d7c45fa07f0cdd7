"""A visitor is called to the counter, or goes back to wait."""

from django.db import transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office
from nobat.people.models import Person
from nobat.shared.jalali import tehran_day
from nobat.shared.rules import RuleBroken
from nobat.visits.models import Visit, VisitChanged, VisitState
from nobat.visits.queue import in_order


class NobodyWaits(RuleBroken):
    message = (
        "اکنون کسی در صف نیست. همه صدا زده شده‌اند یا هنوز نیامده‌اند. نفر بعد که آمد، پذیرش کنید."
    )


def call_visit(*, visit: Visit, by: Person) -> None:
    """The number shows on the display. Raises VisitChanged when a colleague was faster."""
    now = timezone.now()
    with transaction.atomic():
        visit.change_state(VisitState.BEING_SERVED, called_at=now)
        record(Act.CALLED, visit, by=by, at=now)


def call_next(*, office: Office, by: Person) -> Visit:
    """Call whoever is next (queue.py); two clerks at once call two. Raises NobodyWaits."""
    now = timezone.now()
    waiting = Visit.objects.of_day(office, tehran_day(now)).waiting()
    for visit in in_order(waiting, now):
        try:
            call_visit(visit=visit, by=by)
        except VisitChanged:
            continue
        return visit
    raise NobodyWaits


def wait_again(*, visit: Visit, by: Person) -> None:
    """Called by mistake, or back after leaving: the old place. Raises VisitChanged."""
    now = timezone.now()
    with transaction.atomic():
        visit.change_state(VisitState.WAITING, called_at=None, finished_at=None)
        record(Act.CALLED_BACK, visit, by=by, at=now)
