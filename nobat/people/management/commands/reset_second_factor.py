"""The operator's help for somebody who works here and has lost both phone and paper."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nobat.people.management.account_with import account_with
from nobat.people.second_factor import is_set_up, reset_second_factor


class Command(BaseCommand):
    help = "Takes the second factor away; the next sign-in sets it up anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mobile", required=True, help="of the account")

    def handle(self, *, mobile: str, **options: Any) -> None:
        person = account_with(mobile)
        if not is_set_up(person.pk):
            raise CommandError("This account has no second factor; nothing was done.")
        reset_second_factor(person=person)
        self.stdout.write("The next sign-in of this account sets the second factor up anew.")
