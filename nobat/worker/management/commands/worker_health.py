"""Says whether a worker of this machine lives and gets on, for whoever starts the dead again."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from nobat.pulse.worker_now import workers_now
from nobat.worker.pulse import this_machine


class Command(BaseCommand):
    help = "Ends with 1 if no worker of this machine is at work, or a lane of each is stuck."
    requires_system_checks: list[str] = []

    def handle(self, **options: object) -> None:
        try:
            found = workers_now(timezone.now(), this_machine())
        except DatabaseError:
            # Starting it again would not help; /healthz/ready tells of the database.
            self.stdout.write("Nobody can say: the database does not answer.")
            return
        if not found:
            raise CommandError("No worker of this machine is at work.")
        if all(worker.stuck for worker in found):
            stuck = sorted({lane for worker in found for lane in worker.stuck})
            raise CommandError(f"At one job for too long: {', '.join(stuck)}.")
        self.stdout.write(f"At work: {len(found)}.")
