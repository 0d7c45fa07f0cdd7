"""Prints the demo's people as JSON, for visitors and programs."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from nobat.demo.accounts import citizens
from nobat.demo.staff import staff


class Command(BaseCommand):
    help = "Prints the demo's people as a JSON list (only with DEMO=1)."

    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("demo_accounts works only with DEMO=1.")
        people = [account._asdict() for account in [*citizens(), *staff()]]
        self.stdout.write(json.dumps(people, ensure_ascii=False, indent=2))
