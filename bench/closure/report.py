"""The table of outcomes, and what the trial took."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Q

from nobat.appointments.models import Outcome, Proposal
from nobat.orders.outcomes import to_be_called
from nobat.schedule.models import ClosureOrder

HEADINGS = f"{'people':>8}{'same office':>13}{'other office':>14}{'none':>7}{'to call':>9}  county"


@dataclass(frozen=True, kw_only=True)
class Took:
    """Seconds, and what went on meanwhile."""

    looking: float  # the preview
    closing: float  # until no seat could be taken any more
    telling: float  # until everybody had an outcome and an SMS in the queue
    sending: float  # until the last of these SMS had left
    worker_processor: float  # SMS and all other jobs included
    database_processor: float
    kills: int
    others: Counter[str]


def table(order: ClosureOrder) -> str:
    proposals = Proposal.objects.filter(order=order)
    to_call = Q(pk__in=to_be_called(proposals).values("pk"))
    counts = {
        "people": Count("pk"),
        "same_office": Count("pk", filter=Q(outcome=Outcome.SAME_OFFICE)),
        "other_office": Count("pk", filter=Q(outcome=Outcome.OTHER_OFFICE)),
        "none": Count("pk", filter=Q(outcome=Outcome.NONE)),
        "to_call": Count("pk", filter=to_call),
    }
    by_county = proposals.values(
        code=F("lost_office__county__code"), name=F("lost_office__county__name")
    )
    rows = [_line(**row) for row in by_county.annotate(**counts).order_by("code")]
    return "\n".join([HEADINGS, *rows, _line("", "all", **proposals.aggregate(**counts))])


def times(took: Took, people: int) -> str:
    taken = took.others["Booked"]
    refused = sum(took.others.values()) - taken
    return "\n".join(
        [
            f"preview           {took.looking:8.1f} s",
            f"seats closed in   {took.closing:8.1f} s",
            f"everybody told in {took.telling:8.1f} s, {people / took.telling:.0f} a second",
            f"all SMS sent in   {took.sending:8.1f} s",
            f"processor         {took.worker_processor:8.1f} s of the worker,"
            f" {took.database_processor:.1f} s of the database",
            f"worker killed     {took.kills:8} times",
            f"others meanwhile  {taken:8,} booked, {refused:,} refused",
        ]
    )


def _line(
    code: str,
    name: str,
    *,
    people: int,
    same_office: int,
    other_office: int,
    none: int,
    to_call: int,
) -> str:
    where = f"{code} {name}".strip()
    return f"{people:>8,}{same_office:>13,}{other_office:>14,}{none:>7,}{to_call:>9,}  {where}"
