"""Whoever has the machine lets somebody look into the system's tables."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nobat.offices.operators import add_operator
from nobat.offices.staff import WorksHereAlready
from nobat.people.management.account_with import account_with


class Command(BaseCommand):
    help = "Makes the account with this mobile an operator, who reads at /operator/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mobile", required=True, help="of an account that there is")

    def handle(self, *, mobile: str, **options: Any) -> None:
        try:
            add_operator(person=account_with(mobile))
        except WorksHereAlready:
            raise CommandError("This account operates already; nothing was done.") from None
        self.stdout.write("There is another operator.")
