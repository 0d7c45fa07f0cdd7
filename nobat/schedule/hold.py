"""Keeping a seat for somebody until a moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models.functions import Greatest
from django.utils import timezone

from nobat.schedule.models import Hold, Slot

# Long after its time nobody asks for a hold any more.
KEPT_AFTER_ITS_TIME = timedelta(days=1)


def hold_seats(*, slot_ids: Sequence[int], until: datetime, kept_for: int) -> bool:
    """Keep one seat in each of the slots, or in none if one of them has no seat to give.

    Call it inside a transaction. A slot that somebody else has locked counts as full: who
    holds other locks already must not wait for it.
    """
    unlocked = Slot.objects.select_for_update(no_key=True, skip_locked=True)
    locked = list(unlocked.filter(pk__in=slot_ids).order_by("pk").values_list("pk", flat=True))
    # Asked once more under the lock, which sees every hold there is.
    free = Slot.objects.free(but_for=kept_for).filter(pk__in=locked)
    if free.count() < len(slot_ids):
        return False
    Hold.objects.bulk_create(
        Hold(slot_id=slot_id, until=until, kept_for=kept_for) for slot_id in slot_ids
    )
    Slot.objects.filter(pk__in=locked).update(held_until=Greatest("held_until", until))
    return True


def release(*, kept_for: int) -> None:
    """Nobody needs any more what was kept for this appointment."""
    Hold.objects.filter(kept_for=kept_for).delete()


def forget_lapsed_holds() -> int:
    """Background job: drop what lapsed long ago. Nothing depends on it."""
    return Hold.objects.filter(until__lt=timezone.now() - KEPT_AFTER_ITS_TIME).delete()[0]
