"""How many SMS of a part were due, and what the ledger knows of them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from django.db.models import Sum

from nobat.figures.figures import Part
from nobat.figures.models import SmsDayTotal
from nobat.figures.month import Span
from nobat.sms.models import Kind


@dataclass(frozen=True)
class Messages:
    queued: int = 0
    accepted: int = 0  # by the provider
    delivered: int = 0  # of those, to the phone
    undelivered: int = 0  # of those, not to the phone
    given_up: int = 0
    expired: int = 0
    unknown: int = 0  # whether the provider took it
    parts: int = 0
    cost: int = 0  # rials

    @property
    def waiting(self) -> int:
        return self.queued - self.accepted - self.not_sent

    @property
    def not_sent(self) -> int:
        """Decided about, and no provider is known to have taken it."""
        return self.given_up + self.expired + self.unknown

    @property
    def unreported(self) -> int:
        """The provider took it and has not said what became of it."""
        return self.accepted - self.delivered - self.undelivered

    @property
    def accepted_share(self) -> float | None:
        """Of those that have been decided about."""
        decided = self.queued - self.waiting
        return self.accepted / decided if decided else None

    @property
    def delivered_share(self) -> float | None:
        """Of those that the provider took; None until it has reported anything."""
        is_reported = self.delivered or self.undelivered
        return self.delivered / self.accepted if is_reported else None


_COUNTS = [each.name for each in fields(Messages)]


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
    sums = {f"sum_{name}": Sum(name) for name in _COUNTS}
    rows = totals.values_list("kind").annotate(**sums)
    by_kind = {Kind(kind): Messages(*counts) for kind, *counts in rows}
    return dict(sorted(by_kind.items(), key=lambda one: (-one[1].queued, one[0])))


def together(messages: Iterable[Messages]) -> Messages:
    found = list(messages)
    return Messages(**{name: sum(getattr(each, name) for each in found) for name in _COUNTS})
