"""Makes the slots of all open offices what their hours, holidays and closures say."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from nobat.schedule.holidays import import_holidays_ahead
from nobat.schedule.publish import PUBLISHED_AHEAD, publish_slots


class Command(BaseCommand):
    help = "Publish the slots of all open offices, from tomorrow on; safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days",
            type=int,
            default=PUBLISHED_AHEAD.days,
            help="how many days ahead (default: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        holidays = import_holidays_ahead()
        published = publish_slots(ahead=timedelta(days=options["days"]))
        self.stdout.write(
            f"{published.added} slots added, {published.changed} changed, {holidays} holidays added"
        )
