"""Lists the objections that wait for the association, with what the journal knows."""

from typing import Any

from django.core.management.base import BaseCommand

from nobat.appointments.models import Objection
from nobat.journal.models import JournalEntry
from nobat.journal.record import name_of


class Command(BaseCommand):
    help = "Each open objection: its text, and every act of its appointment. No names."

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = Objection.objects.filter(is_accepted=None)
        for objection in waiting.select_related("suspension__cause__office").order_by("made_at"):
            self._show(objection)

    def _show(self, objection: Objection) -> None:
        appointment = objection.suspension.cause
        self.stdout.write(
            f"objection {objection.pk}  appointment {appointment.reference}"
            f"  office {appointment.office.code}  {appointment.starts_at.isoformat()}"
            f"  week until {objection.suspension.until.isoformat()}"
        )
        self.stdout.write(f"  «{objection.text}»")
        for entry in JournalEntry.objects.filter(subject=name_of(appointment)).order_by("at", "pk"):
            self.stdout.write(f"  {entry.at.isoformat()}  {entry.act}  {entry.by or 'the system'}")
