"""Recounts what is always true and says of each sentence whether it holds."""

from django.core.management.base import BaseCommand, CommandError

from nobat.visits.integrity import check_integrity


class Command(BaseCommand):
    help = "Recount every invariant; one line each. Ends with 1 if one is broken."

    def handle(self, **options: object) -> None:
        found = check_integrity()
        for finding in found:
            self.stdout.write(str(finding))
        broken = sum(finding.rows > 0 for finding in found)
        if broken:
            raise CommandError(f"{broken} of {len(found)} are broken.", returncode=1)
