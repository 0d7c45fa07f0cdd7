"""Decides about everybody who had a turn on a finished day and was not checked in."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nobat.shared.jalali import TEHRAN
from nobat.visits.end_of_day import close_finished_days


class Command(BaseCommand):
    help = "Close each office's finished days; the worker does it every five minutes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--now",
            metavar="ISO-8601",
            help="as if it were this moment: 2026-12-01T18:00 (of Tehran, or with an offset)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        done = close_finished_days(_moment(options["now"]))
        self.stdout.write(f"{done} decided")


def _moment(typed: str | None) -> datetime | None:
    if not typed:
        return None
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        raise CommandError("--now wants a moment such as 2026-12-01T18:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=TEHRAN)
