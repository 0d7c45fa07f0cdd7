"""How many SMS of a part were due, and what the ledger knows of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from nobat.figures.figures import Part
from nobat.figures.models import SmsDayTotal
from nobat.figures.month import Span
from nobat.sms.models import Kind


@dataclass(frozen=True)
class Messages:
    queued: int = 0
    accepted: int = 0  # by the provider
    given_up: int = 0
    expired: int = 0

    @property
    def waiting(self) -> int:
        return self.queued - self.accepted - self.given_up - self.expired

    @property
    def accepted_share(self) -> float | None:
        """Of those that have been decided about."""
        decided = self.queued - self.waiting
        return self.accepted / decided if decided else None


def messages_by_kind(part: Part, span: Span) -> dict[Kind, Messages] | None:
    """The most frequent first; None where it cannot be told.

    A province has those about its appointments; codes and accounts are nobody's. Of counties
    and offices no totals are kept.
    """
    if part.county or part.office:
        return None
    totals = SmsDayTotal.objects.filter(day__range=(span.first, span.last), queued__gt=0)
    if part.province:
        totals = totals.filter(province=part.province)
    rows = totals.values_list("kind").annotate(
        sum_queued=Sum("queued"),
        sum_accepted=Sum("accepted"),
        sum_given_up=Sum("given_up"),
        sum_expired=Sum("expired"),
    )
    return {Kind(kind): Messages(*sums) for kind, *sums in rows.order_by("-sum_queued", "kind")}


def together(messages: Iterable[Messages]) -> Messages:
    found = list(messages)
    return Messages(
        queued=sum(each.queued for each in found),
        accepted=sum(each.accepted for each in found),
        given_up=sum(each.given_up for each in found),
        expired=sum(each.expired for each in found),
    )
