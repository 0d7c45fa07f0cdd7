"""Proves that nobody has touched the journal since each of its days was sealed."""

from django.core.management.base import BaseCommand, CommandError

from nobat.journal.models import JournalSeal
from nobat.journal.proof import check_journal


class Command(BaseCommand):
    help = "Recompute every seal; one line for each broken day. Ends with 1 if there is one."

    def handle(self, **options: object) -> None:
        broken = 0
        for found in check_journal():
            self.stdout.write(str(found))
            broken += 1
        if broken:
            raise CommandError(f"The chain is broken at {broken} places.", returncode=1)
        self.stdout.write(_held())


def _held() -> str:
    """With the last seal: kept somewhere else, it proves all that was before it."""
    last = JournalSeal.objects.order_by("-day").first()
    if last is None:
        return "ok      no day is sealed yet"
    return f"ok      unbroken until {last.day}, whose seal is {last.digest}"
