"""Giving seats back."""

from collections.abc import Sequence

from django.db.models import F

from nobat.schedule.models import Slot


def give_back(slot_ids: Sequence[int]) -> None:
    """One seat in each of the slots becomes free again.

    Call it inside the transaction that ends the appointment. Slots are locked in the
    order of their ids, as everywhere.
    """
    locked = Slot.objects.select_for_update(no_key=True).filter(pk__in=slot_ids)
    found = list(locked.order_by("pk").values_list("pk", flat=True))
    Slot.objects.filter(pk__in=found, taken__gt=0).update(taken=F("taken") - 1)
