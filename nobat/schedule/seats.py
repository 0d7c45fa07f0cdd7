"""Giving seats back, and holding one again when its hour is over."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import F
from django.db.models.functions import Greatest

from nobat.schedule.models import Slot


def give_back(slot_ids: Sequence[int]) -> None:
    """One seat in each of the slots becomes free again; in one that is named twice, two.

    Call it inside the transaction that ends the appointments. Slots are locked in the
    order of their ids, as everywhere.
    """
    locked = Slot.objects.select_for_update(no_key=True).filter(pk__in=slot_ids)
    found = list(locked.order_by("pk").values_list("pk", flat=True))
    times = Counter(slot_ids)
    for seats in set(times.values()):
        emptier = [pk for pk in found if times[pk] == seats]
        rest = Greatest(F("taken") - seats, 0)
        Slot.objects.filter(pk__in=emptier, taken__gt=0).update(taken=rest)


def hold_again(slot_ids: Sequence[int]) -> None:
    """A seat that was given back turns out to have been used.

    Only for hours that are over: nobody can book them any more, so that the seat is still
    free. Call it inside the transaction that brings the appointment back.
    """
    locked = Slot.objects.select_for_update(no_key=True).filter(pk__in=slot_ids)
    found = list(locked.order_by("pk").values_list("pk", flat=True))
    Slot.objects.filter(pk__in=found).update(taken=F("taken") + 1)
