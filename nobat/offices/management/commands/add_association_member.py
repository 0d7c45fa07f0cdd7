"""The operator's way to let somebody work for the association."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nobat.offices.staff import WorksHereAlready, add_association_member
from nobat.people.management.account_with import account_with


class Command(BaseCommand):
    help = "Makes the account with this mobile one of the association."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mobile", required=True, help="of an account that there is")

    def handle(self, *, mobile: str, **options: Any) -> None:
        try:
            add_association_member(person=account_with(mobile))
        except WorksHereAlready:
            raise CommandError(
                "This account is of the association already; nothing was done."
            ) from None
        self.stdout.write("The association has another member.")
