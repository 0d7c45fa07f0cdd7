"""Takes Iran's public holidays over from the calendar into our own table."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from nobat.schedule.holidays import import_holidays
from nobat.shared.jalali import tehran_day


class Command(BaseCommand):
    help = "Add missing public holidays; days that are already there stay as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--years",
            nargs="+",
            type=int,
            metavar="YEAR",
            help="Gregorian years, such as 2026 2027; without: this one and the next",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        this_year = tehran_day(timezone.now()).year
        years = options["years"] or [this_year, this_year + 1]
        self.stdout.write(f"{import_holidays(years=years)} holidays added")
