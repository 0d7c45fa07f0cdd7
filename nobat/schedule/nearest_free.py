"""The free hours of an office that are nearest to one that somebody wanted."""

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from nobat.offices.models import Office
from nobat.schedule.availability import FreeHour
from nobat.schedule.models import SeatsHeld, Slot
from nobat.shared.jalali import tehran_day


def nearest_free(
    office: Office,
    *,
    wanted: datetime,
    turns: int,
    first: date,
    last: date,
    count: int = 6,
    but_not: Q | None = None,
    but_for: int | None = None,
) -> list[FreeHour]:
    """At most `count` of them, those of the same day before others, in the order of time.

    `first` and `last` are the days that can be booked; `but_not` are slots to leave out,
    and seats kept for the appointment `but_for` count as free.
    """
    free = Slot.objects.free(but_for=but_for).filter(office=office).between(first, last)
    free = free.annotate(kept=SeatsHeld(timezone.now(), but_for))
    if but_not:
        free = free.exclude(but_not)
    # Of hours that are free one by one, only some have a free one after them: look further.
    reach = count if turns == 1 else 3 * count
    earlier = free.filter(starts_at__lt=wanted).order_by("-starts_at")[:reach]
    later = free.filter(starts_at__gte=wanted).order_by("starts_at")[:reach]
    found = _in_a_row([*earlier, *later], turns)
    day = tehran_day(wanted)
    found.sort(key=lambda each: (tehran_day(each.starts_at) != day, abs(each.starts_at - wanted)))
    return sorted(found[:count], key=lambda each: each.starts_at)


def _seats(slot: Slot) -> int:
    kept: int = slot.kept  # type: ignore[attr-defined]
    return slot.offered - slot.taken - kept


def _in_a_row(slots: list[Slot], turns: int) -> list[FreeHour]:
    beginning_at = {slot.starts_at: slot for slot in slots}
    pairs = ((slot, slot if turns == 1 else beginning_at.get(slot.ends_at)) for slot in slots)
    return [
        FreeHour(
            slot_id=slot.pk,
            starts_at=slot.starts_at,
            ends_at=after.ends_at,
            seats=min(_seats(each) for each in (slot, after)),
        )
        for slot, after in pairs
        if after
    ]
