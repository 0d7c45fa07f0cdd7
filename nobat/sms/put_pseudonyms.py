"""In the ledger, a pseudonym takes the place of the numbers of those who have left."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from nobat.sms.kinds import Kind
from nobat.sms.models import IncomingSms, OutgoingSms
from nobat.sms.states import UNSETTLED

AT_ONCE = 1_000


class Left(NamedTuple):
    """Somebody who left at a moment: what comes later with this number is somebody else's."""

    mobile: str
    pseudonym: str
    at: datetime


class Put(NamedTuple):
    changed: int  # messages of both ways
    on_their_way: set[str]  # mobiles to which something has still to be sent


def put_pseudonyms(leavers: Sequence[Left]) -> Put:
    """Each table is read once, however many have left: no index leads from a mobile to its
    messages, since every booking would pay for that."""
    if not leavers:
        return Put(0, set())
    sent = OutgoingSms.objects.filter(_of(leavers, "to", "queued_at"))
    waiting = sent.filter(state__in=UNSETTLED)
    on_their_way = set(waiting.values_list("to", flat=True))
    answered = IncomingSms.objects.filter(_of(leavers, "sender", "answered_at"))
    changed = _put(sent.exclude(state__in=UNSETTLED), "to", leavers)
    return Put(changed + _put(answered, "sender", leavers), on_their_way)


def _of(leavers: Sequence[Left], field: str, moment: str) -> Q:
    found = Q()
    for each in leavers:
        found |= Q(**{field: each.mobile, f"{moment}__lte": each.at})
    return found


def _put(rows: QuerySet[Any], field: str, leavers: Sequence[Left]) -> int:
    found: dict[str, list[int]] = {each.mobile: [] for each in leavers}
    for row_id, mobile in rows.values_list("pk", field).iterator():
        found[mobile].append(row_id)
    changed = 0
    for each in leavers:
        for some in _batches(found[each.mobile]):
            these = rows.model.objects.filter(pk__in=some)
            changed += these.update(**{field: each.pseudonym})
            if rows.model is OutgoingSms:  # the name of an account is its mobile
                these.filter(kind=Kind.ACCOUNT_MADE).update(params={})
    return changed


def _batches(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
