"""The association says what a day was on which an office recorded nobody."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nobat.offices.association import association_member
from nobat.offices.models import Office
from nobat.shared.rules import RuleBroken
from nobat.visits.answer import answer_day
from nobat.visits.models import Answer


class Command(BaseCommand):
    help = "Answer for a day of list_unanswered_days; it cannot be taken back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--office", required=True, metavar="CODE")
        parser.add_argument("--day", required=True, metavar="YYYY-MM-DD", type=date.fromisoformat)
        parser.add_argument("--answer", required=True, choices=Answer.values)
        parser.add_argument("--by", required=True, metavar="MOBILE", help="of the association")

    def handle(self, *args: Any, **options: Any) -> None:
        office = Office.objects.filter(code=options["office"]).first()
        if office is None:
            raise CommandError("There is no office of that code.")
        try:
            answer_day(
                office=office,
                day=options["day"],
                answer=Answer(options["answer"]),
                by=association_member(options["by"]),
            )
        except RuleBroken as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"{office.code}  {options['day']}  {options['answer']}")
