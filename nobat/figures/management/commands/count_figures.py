"""Counts the totals of a span of days again: `manage.py count_figures --from 2026-01-01`."""

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from nobat.figures.count import count_days, count_sms
from nobat.figures.keep import STILL_CHANGES
from nobat.schedule.publish import PUBLISHED_AHEAD
from nobat.shared.jalali import tehran_day


class Command(BaseCommand):
    help = (
        "Count totals of days again, from the rows; the worker does it by itself for recent days."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", type=_day, help="the first day: 2026-01-01")
        parser.add_argument("--to", dest="last", type=_day, help="the last day: 2026-12-31")

    def handle(self, *, first: date | None, last: date | None, **options: Any) -> None:
        today = tehran_day(timezone.now())
        first = first or today - STILL_CHANGES
        last = last or today + PUBLISHED_AHEAD
        if last < first:
            raise CommandError("--to must not lie before --from.")
        changed = count_days(first=first, last=last)
        changed += count_sms(first=first, last=min(last, today))
        days = (last - first) // timedelta(days=1) + 1
        self.stdout.write(f"{changed} totals of {days} days were different")


def _day(typed: str) -> date:
    return date.fromisoformat(typed)
