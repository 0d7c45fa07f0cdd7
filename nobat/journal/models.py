"""What happened, append-only: the database refuses to change or delete an entry."""

from django.db import models

from nobat.journal.acts import Act


class JournalEntry(models.Model):
    """One act. Subject and actor are named by text, so that the entry outlives them."""

    at = models.DateTimeField()
    act = models.CharField(max_length=40, choices=Act)
    subject = models.CharField(max_length=80)  # "appointments.Appointment:12"
    by = models.CharField(max_length=80, blank=True)  # empty: the system itself
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["subject", "at"], name="journal_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"
