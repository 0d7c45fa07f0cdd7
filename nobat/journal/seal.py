"""Each finished day of the journal is sealed, and each seal holds the one before it.

Whoever changes, removes or adds an entry afterwards would have to make every later seal
anew, and for that needs the server's own key. Why so: docs/decisions/0024-a-chain-of-days.md.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Func, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from nobat.journal.models import JournalEntry, JournalSeal
from nobat.shared.jalali import start_of_day, tehran_day
from nobat.shared.sealed import digest

A_DAY = timedelta(days=1)
# An act writes the moment at which it began: one of the last minute of a day may be
# committed later, but not by hours.
SEALED_AFTER = timedelta(hours=4)
AT_ONCE = timedelta(minutes=10)
Row = tuple[int, str]


class Sum(NamedTuple):
    """What a seal says of the entries of its day."""

    entries: int
    first_id: int | None
    last_id: int | None
    digest: str


def seal_journal() -> int:
    """Background job: seal every day that is over for some hours; returns how many.

    Days without entries are sealed, too, so that a seal that is missing shows.
    """
    sealed = 0
    while day := _next_day():
        sealed += _seal(day)
    return sealed


def last_sealable_day(now: datetime, after: timedelta = SEALED_AFTER) -> date:
    """The last day that has been over for so long."""
    return tehran_day(now - after) - A_DAY


def sum_of(day: date, previous: str) -> Sum:
    """Read anew from the entries, some minutes at a time: memory stays flat, however many."""
    return _sum(rows_of(day), day, previous)


def rows_of(day: date) -> Iterator[Row]:
    """The entries of one day in Tehran, in the order of their moments.

    Not by a cursor that the server keeps open: behind a pooler it would have to be told not to.
    """
    begins, day_ends = start_of_day(day), start_of_day(day + A_DAY)
    while begins < day_ends:
        ends = min(begins + AT_ONCE, day_ends)
        of_minutes = JournalEntry.objects.filter(at__gte=begins, at__lt=ends).order_by("at", "id")
        yield from of_minutes.values_list("id", _canonical_form())
        begins = ends


def _canonical_form() -> Cast:
    """The whole entry as PostgreSQL writes it, several times faster than we would: moments
    in seconds whatever the zone of the connection, keys of an object in one order."""
    moment = Func("at", template="extract(epoch FROM %(expressions)s)")
    parts = ("id", moment, "act", "subject", "by", "details")
    return Cast(Func(*parts, function="jsonb_build_array"), TextField())


def _sum(rows: Iterable[Row], day: date, previous: str) -> Sum:
    entries, first_id, last_id = 0, None, None
    content = hashlib.sha256()
    for row_id, line in rows:
        content.update(line.encode() + b"\n")
        entries += 1
        first_id = row_id if first_id is None else min(first_id, row_id)
        last_id = row_id if last_id is None else max(last_id, row_id)
    told = [previous, day.isoformat(), entries, first_id, last_id, content.hexdigest()]
    return Sum(entries, first_id, last_id, digest(json.dumps(told), "journal.JournalSeal"))


def _next_day() -> date | None:
    """The day after the last seal, or that of the first entry; None if it is not over yet."""
    last = JournalSeal.objects.order_by("-day").first()
    first = None if last else JournalEntry.objects.order_by("at").first()
    if last:
        day = last.day + A_DAY
    elif first:
        day = tehran_day(first.at)
    else:
        return None
    return day if day <= last_sealable_day(timezone.now()) else None


def _seal(day: date) -> bool:
    """Whether it was sealed now: another machine that was faster has written the same."""
    before = JournalSeal.objects.filter(day=day - A_DAY).first()
    previous = before.digest if before else ""
    found = sum_of(day, previous)
    _, is_fresh = JournalSeal.objects.get_or_create(
        day=day,
        defaults={**found._asdict(), "previous": previous, "sealed_at": timezone.now()},
    )
    return is_fresh
