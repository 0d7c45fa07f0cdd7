"""Lists the days on which an office recorded nobody and that wait for an answer."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from nobat.visits.unanswered_days import unanswered_days


class Command(BaseCommand):
    help = "One line each: code of the office, day, how many appointments wait, since when."

    def handle(self, **options: object) -> None:
        for waiting in unanswered_days(timezone.now()):
            asked_at = waiting.questioned_at.isoformat() if waiting.questioned_at else ""
            self.stdout.write(
                f"{waiting.office.code}  {waiting.day}  {waiting.people} waiting  asked {asked_at}"  # type: ignore[attr-defined]
            )
