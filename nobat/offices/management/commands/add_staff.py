"""The operator's way to an office's first manager, who adds everybody else."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nobat.offices.models import Office, Role
from nobat.offices.staff import WorksHereAlready, appoint
from nobat.people.management.account_with import account_with


class Command(BaseCommand):
    help = "Gives the account with this mobile a role at an office."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--office", required=True, help="the office's code")
        parser.add_argument("--mobile", required=True, help="of an account that there is")
        parser.add_argument("--role", required=True, choices=Role.values)

    def handle(self, *, office: str, mobile: str, role: str, **options: Any) -> None:
        place = Office.objects.filter(code=office).first()
        if place is None:
            raise CommandError("There is no office with this code; nothing was done.")
        try:
            appoint(person=account_with(mobile), office=place, role=Role(role), by=None)
        except WorksHereAlready:
            raise CommandError(
                "This account has a role at this office already; nothing was done."
            ) from None
        self.stdout.write(f"Office {place.code} has another {role}.")
