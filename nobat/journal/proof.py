"""The chain of sealed days is counted again, and what does not fit is told day by day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from nobat.journal.forget import last_day_that_may_be_gone
from nobat.journal.models import JournalEntry, JournalSeal
from nobat.journal.seal import A_DAY, SEALED_AFTER, Sum, last_sealable_day, sum_of
from nobat.shared.jalali import start_of_day, tehran_day

# The job runs every hour; a day without a seal after this was not sealed, or is unsealed.
MISSING_AFTER = SEALED_AFTER + timedelta(hours=2)


class Break(NamedTuple):
    day: date
    why: str

    def __str__(self) -> str:
        return f"BROKEN  {self.day}: {self.why}"


def check_journal(now: datetime | None = None) -> Iterator[Break]:
    """One for each day at which the chain is broken, the oldest first; none if it holds."""
    now = now or timezone.now()
    gone_until = last_day_that_may_be_gone(now)
    before: JournalSeal | None = None
    for seal in JournalSeal.objects.order_by("day"):
        if before is None:
            yield from _older_than(seal)
        else:
            yield from _missing(before.day + A_DAY, seal.day)
        why = _why_broken(seal, before, gone_until)
        if why:
            yield Break(seal.day, why)
        before = seal
    yield from _unsealed(before, now)


def _older_than(seal: JournalSeal) -> Iterator[Break]:
    """Entries before the first seal of all: put in afterwards, or their seals are gone."""
    older = JournalEntry.objects.filter(at__lt=start_of_day(seal.day)).count()
    if older:
        yield Break(seal.day - A_DAY, f"{older} entries of this day or before, under no seal")
    elif seal.previous:
        yield Break(seal.day - A_DAY, "no seal, though the next one holds it")


def _missing(day: date, until: date) -> Iterator[Break]:
    while day < until:
        yield Break(day, "no seal")
        day += A_DAY


def _unsealed(last: JournalSeal | None, now: datetime) -> Iterator[Break]:
    """Days that should have been sealed by now."""
    first = None if last else JournalEntry.objects.order_by("at").first()
    day = last.day + A_DAY if last else tehran_day(first.at) if first else None
    if day:
        yield from _missing(day, last_sealable_day(now, MISSING_AFTER) + A_DAY)


def _why_broken(seal: JournalSeal, before: JournalSeal | None, gone_until: date) -> str:
    """Empty if it fits. Each day is measured by the seal that stands before it, so that one
    changed entry breaks one day and not all that follow. Of a day that was long ago all
    entries may be gone (forget.py), but not some."""
    previous = before.digest if before and before.day == seal.day - A_DAY else seal.previous
    if seal.previous != previous:
        return "its seal does not hold the seal of the day before"
    found = sum_of(seal.day, seal.previous)
    if found == Sum(seal.entries, seal.first_id, seal.last_id, seal.digest):
        return ""
    if found.entries == 0 and seal.day <= gone_until:
        return ""
    if found.entries < seal.entries:
        return f"{found.entries} entries, {seal.entries} were sealed: some were removed"
    if found.entries > seal.entries:
        return f"{found.entries} entries, {seal.entries} were sealed: some were put in"
    return "an entry, or the seal itself, was changed"
