"""Whatever lies sealed in the database for longer than a page: where, and for what."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import QuerySet

from nobat.people.erase import seal_of_account
from nobat.people.models import ErasedAccount, Person, SecondFactor
from nobat.people.second_factor import SECRET
from nobat.people.sign_up import IDENTITY
from nobat.sms.models import OutgoingSms
from nobat.sms.outbox import seal_of_sms
from nobat.sms.states import UNSETTLED


class SealedColumn(NamedTuple):
    rows: QuerySet[Any]  # in which something is sealed
    field: str
    sealed_for: Callable[[Any], str]  # the context, of a row

    def __str__(self) -> str:
        return f"{self.rows.model._meta.label}.{self.field}"


def sealed_columns() -> list[SealedColumn]:
    """The smaller ones first; an SMS keeps its secret for half an hour at most."""
    unsettled = OutgoingSms.objects.filter(state__in=UNSETTLED, secret__isnull=False)
    left = ErasedAccount.objects.filter(sealed__isnull=False)
    people = Person.objects.filter(erased_at=None)
    return [
        SealedColumn(unsettled, "secret", seal_of_sms),
        SealedColumn(SecondFactor.objects.all(), "secret_sealed", lambda _: SECRET),
        SealedColumn(left, "sealed", lambda account: seal_of_account(account.person_id)),
        SealedColumn(people, "identity_sealed", lambda _: IDENTITY),
    ]
