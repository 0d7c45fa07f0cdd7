"""What a witness has written down is held against the seals that stand here."""

import json
from collections.abc import Iterable, Iterator
from datetime import date

from nobat.journal.models import JournalSeal
from nobat.journal.proof import Break


class NotWritten(ValueError):
    """A line that is none of those we have sent."""


def check_witnessed(lines: Iterable[str]) -> Iterator[Break]:
    """Each line as it was sent: one for each day whose seal is another one by now, or gone.

    The same line may stand there often. Raises NotWritten, with the number of the line.
    """
    told: set[tuple[date, str]] = set()
    for number, line in enumerate(lines, 1):
        if line.strip():
            told.add(_day_and_seal(line, number))
    seals = dict(JournalSeal.objects.values_list("day", "digest"))
    for day, seal in sorted(told):
        if seals.get(day) != seal:
            yield Break(day, "its seal is not the one that was witnessed")


def _day_and_seal(line: str, number: int) -> tuple[date, str]:
    try:
        said = json.loads(line)
        return date.fromisoformat(said["day"]), str(said["seal"])
    except (ValueError, KeyError, TypeError):
        raise NotWritten(f"line {number} is no seal") from None
