"""People whom an SMS does not reach, or who have no proposal: somebody of the office calls."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from nobat.appointments.models import Proposal
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office
from nobat.orders.outcomes import to_be_called
from nobat.people.models import Person


def call_list(office: Office) -> QuerySet[Proposal]:
    """Whom this office has to call, the most pressing first, with all that is said to them."""
    of_office = Proposal.objects.filter(lost_office=office)
    shown = to_be_called(of_office).select_related(
        "appointment__citizen", "appointment__service", "slot__office__county", "order"
    )
    return shown.order_by("held_until", "lost_starts_at", "pk")


def tick_off(*, proposal: Proposal, by: Person) -> bool:
    """Somebody was called. Twice, or by two at once: the first counts; returns whether it
    was this one."""
    now = timezone.now()
    with transaction.atomic():
        uncalled = Proposal.objects.filter(pk=proposal.pk, called_at=None)
        is_first = bool(uncalled.update(called_at=now, called_by=by))
        if is_first:
            record(Act.CALLED_UP, proposal.appointment, by=by, at=now)
    return is_first
