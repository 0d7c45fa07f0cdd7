"""Proves that nobody has touched the journal since each of its days was sealed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nobat.journal.models import JournalSeal
from nobat.journal.proof import Break, check_journal
from nobat.journal.witnessed import NotWritten, check_witnessed


class Command(BaseCommand):
    help = "Recompute every seal; one line for each broken day. Ends with 1 if there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--witnessed", type=Path, metavar="FILE", help="what the witness has: a line for each"
        )

    def handle(self, *, witnessed: Path | None = None, **options: Any) -> None:
        broken = 0
        for found in _breaks(witnessed):
            self.stdout.write(str(found))
            broken += 1
        if broken:
            raise CommandError(f"The chain is broken at {broken} places.", returncode=1)
        self.stdout.write(_held())


def _breaks(witnessed: Path | None) -> Iterator[Break]:
    yield from check_journal()
    if witnessed:
        try:
            yield from check_witnessed(witnessed.read_text().splitlines())
        except (OSError, NotWritten) as problem:
            raise CommandError(f"{witnessed}: {problem}") from None


def _held() -> str:
    """With the last seal: kept somewhere else, it proves all that was before it."""
    last = JournalSeal.objects.order_by("-day").first()
    if last is None:
        return "ok      no day is sealed yet"
    return f"ok      unbroken until {last.day}, whose seal is {last.digest}"
