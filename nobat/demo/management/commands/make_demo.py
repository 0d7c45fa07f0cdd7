"""Makes the demo country: `manage.py make_demo --offices 1500 --days 30`."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from nobat.demo.country import CODE_PREFIX, Size, gather_statistics, make_country
from nobat.demo.past import PAST
from nobat.demo.progress import Progress
from nobat.figures.keep import count_since
from nobat.offices.models import Office
from nobat.people.models import Person
from nobat.shared.jalali import tehran_day


class Command(BaseCommand):
    help = "Makes a fictional country of offices, hours and citizens (only with DEMO=1)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--offices", type=int, default=300)
        parser.add_argument("--days", type=int, default=30)
        parser.add_argument("--seed", type=int, default=1405)

    def handle(self, *, offices: int, days: int, seed: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("make_demo works only with DEMO=1.")
        if offices < 1 or not 1 <= days <= 366:
            raise CommandError("--offices must be at least 1, --days between 1 and 366.")
        if Office.objects.exclude(code__startswith=CODE_PREFIX).exists():
            raise CommandError("There are real offices in this database; nothing was done.")
        if Office.objects.exists():
            self.stdout.write("The demo country is already there; nothing was done.")
            return
        if Person.objects.exists():
            raise CommandError("There are people in this database; nothing was done.")
        make_country(Size(offices, days, seed), Progress(sys.stderr))
        gather_statistics()
        count_since(tehran_day(timezone.now()) - PAST)
        self.stdout.write(f"Made {offices} offices with hours for {days} days.")
