"""How far an order has come, and what became of whom it touched."""

from typing import Any, NamedTuple

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from nobat.appointments.models import Answer, Outcome, Proposal
from nobat.offices.models import OfficeQuerySet
from nobat.orders.scope import touched
from nobat.schedule.closure_models import OrderState
from nobat.schedule.models import ClosureOrder
from nobat.sms.models import NOT_REACHED, OutgoingSms


class Progress(NamedTuple):
    told: int
    left: int

    @property
    def all(self) -> int:
        return self.told + self.left

    @property
    def percent(self) -> int:
        return 100 * self.told // self.all if self.all else 100


class Outcomes(NamedTuple):
    same_office: int
    other_office: int
    none: int
    accepted: int
    another_hour: int
    not_wanted: int
    waiting: int  # for an answer
    to_call: int

    @property
    def all(self) -> int:
        return self.same_office + self.other_office + self.none


def progress_of(order: ClosureOrder) -> Progress:
    """Counted from the rows, so that everybody who watches sees the same."""
    told = Proposal.objects.filter(order=order).count()
    left = touched(order).count() if order.state == OrderState.RUNNING else 0
    return Progress(told, left)


def outcomes_of(order: ClosureOrder, offices: OfficeQuerySet | None = None) -> Outcomes:
    """Of all it displaced, or of those at these offices."""
    proposals = Proposal.objects.filter(order=order)
    if offices is not None:
        proposals = proposals.filter(lost_office__in=offices)
    counts = {
        **{each.value: Count("pk", filter=Q(outcome=each)) for each in Outcome},
        **{each.value: Count("pk", filter=Q(answer=each)) for each in Answer},
        "waiting": Count("pk", filter=Q(answer="")),
    }
    found = proposals.aggregate(**counts)
    return Outcomes(**found, to_call=to_be_called(proposals).count())


def to_be_called(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Who has not answered, and has no proposal, or no mobile at which an SMS arrives."""
    lost = OutgoingSms.objects.filter(
        occasion=Concat(
            Value("office_closed:"),
            OuterRef("appointment__reference"),
            Value(":"),
            Cast(OuterRef("moves"), CharField()),
        ),
        state__in=NOT_REACHED,
    )
    return proposals.filter(Q(needs_call=True) | Exists(lost), answer="", called_at=None)


def told_by_office(order: ClosureOrder) -> QuerySet[Proposal, Any]:
    """Each office with how many were displaced there, the most first."""
    of_order = Proposal.objects.filter(order=order)
    return (
        of_order.values(
            code=F("lost_office__code"),
            name=F("lost_office__name"),
            county=F("lost_office__county__name"),
        )
        .annotate(
            people=Count("pk"),
            waiting=Count("pk", filter=Q(answer="")),
        )
        .order_by("-people", "code")
    )
