"""Page: accounts that stand out, each with its reason; a hint, and nothing follows from it."""

from collections.abc import Iterator
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nobat.appointments import unusual_accounts as rules
from nobat.journal.acts import Act
from nobat.journal.record import record_each
from nobat.people.models import Person
from nobat.web.access import AssociationRequest, national_only


class _Found(NamedTuple):
    neighbours: list[rules.Neighbours]
    given_back: list[rules.GivenBack]
    in_vain: list[Person]
    wrong_codes: list[rules.WrongCodes]

    def people(self) -> Iterator[Person]:
        for series in self.neighbours:
            yield from (series.first, series.last)
        yield from (each.person for each in self.given_back)
        yield from self.in_vain
        yield from (each.person for each in self.wrong_codes if each.person)


@require_safe
@national_only
def unusual_accounts(request: AssociationRequest) -> HttpResponse:
    """Masked; and whoever looks is on record, with each account that was shown."""
    now = timezone.now()
    found = _Found(
        rules.neighbours(now),
        rules.given_back(now),
        rules.asked_in_vain(now),
        rules.wrong_codes(now),
    )
    shown = dict.fromkeys(found.people())
    facts = {"page": "unusual_accounts"}
    record_each(Act.DETAILS_SEEN, ((each, facts) for each in shown), by=request.user, at=now)
    context = {
        "here": "unusual_accounts",
        "found": found,
        "is_empty": not any(found),
        "fewest_neighbours": rules.FEWEST_NEIGHBOURS,
        "fewest_given_back": rules.FEWEST_GIVEN_BACK,
        "most_shown": rules.MOST_SHOWN,
    }
    return render(request, "association/unusual_accounts.html", context)
