"""The association accepts or refuses one objection."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nobat.appointments.models import Objection
from nobat.appointments.objection import accept_objection, refuse_objection
from nobat.offices.association import association_member
from nobat.shared.rules import RuleBroken


class Command(BaseCommand):
    help = "Decide an objection of list_objections; it cannot be taken back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("objection", type=int, metavar="ID")
        decision = parser.add_mutually_exclusive_group(required=True)
        decision.add_argument(
            "--accept", dest="decide", action="store_const", const=accept_objection
        )
        decision.add_argument(
            "--refuse", dest="decide", action="store_const", const=refuse_objection
        )
        parser.add_argument("--answer", required=True, help="what the citizen reads, in Persian")
        parser.add_argument("--by", required=True, metavar="MOBILE", help="of the association")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Objection.objects.select_related("suspension__cause__citizen")
        objection = found.filter(pk=options["objection"]).first()
        if objection is None:
            raise CommandError("There is no objection of that number.")
        try:
            by = association_member(options["by"])
            options["decide"](objection=objection, by=by, answer=options["answer"])
        except RuleBroken as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"objection {objection.pk} decided")
