"""What happened, append-only: the database refuses to change or delete an entry."""

from django.db import models
from django.db.models import Q

from nobat.journal.acts import Act


class JournalEntry(models.Model):
    """One act. Subject and actor are named by text, so that the entry outlives them."""

    at = models.DateTimeField()
    act = models.CharField(max_length=40, choices=Act)
    subject = models.CharField(max_length=80)  # "appointments.Appointment:12"
    by = models.CharField(max_length=80, blank=True)  # empty: the system itself
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "at"], name="journal_of_a_subject"),
            # What the association asks for, each newest first; a day's entries for its seal.
            models.Index(fields=["at", "id"], name="journal_by_time"),
            models.Index(fields=["act", "at", "id"], name="journal_of_an_act"),
            models.Index(
                fields=["by", "at", "id"], condition=~Q(by=""), name="journal_of_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"


class JournalSeal(models.Model):
    """What a finished day's entries were, and of the day before: a chain (journal/seal.py)."""

    day = models.DateField(unique=True)  # in Tehran
    entries = models.PositiveIntegerField()
    first_id = models.BigIntegerField(null=True)  # null: nothing happened on that day
    last_id = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)  # empty: the first of all
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"seal of {self.day}"


class WitnessedSeal(models.Model):
    """Somebody outside has written this seal down (journal/carry_seal.py)."""

    seal = models.OneToOneField(JournalSeal, models.PROTECT, related_name="witnessed")
    taken_at = models.DateTimeField()  # the last time

    def __str__(self) -> str:
        return f"witness of seal {self.seal_id}"
