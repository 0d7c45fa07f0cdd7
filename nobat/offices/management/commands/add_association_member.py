"""The operator's way to let somebody work for the association."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nobat.offices.association_staff import add_association_member
from nobat.offices.models import AssociationRole, Province
from nobat.offices.staff import WorksHereAlready
from nobat.people.management.account_with import account_with


class Command(BaseCommand):
    help = "Makes the account with this mobile one of the association."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mobile", required=True, help="of an account that there is")
        parser.add_argument("--role", choices=AssociationRole.values, default="national")
        parser.add_argument("--province", help="two digits; exactly with --role province")

    def handle(self, *, mobile: str, role: str, province: str | None, **options: Any) -> None:
        if (role == AssociationRole.PROVINCE) != bool(province):
            raise CommandError("--province goes with --role province, and only with it.")
        theirs = Province.objects.filter(code=province).first() if province else None
        if province and theirs is None:
            raise CommandError("There is no province of that code.")
        try:
            add_association_member(
                person=account_with(mobile), role=AssociationRole(role), province=theirs
            )
        except WorksHereAlready:
            raise CommandError(
                "This account is of the association already; nothing was done."
            ) from None
        self.stdout.write("The association has another member.")
