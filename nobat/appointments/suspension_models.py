"""The week without booking after a no-show, and the objection to it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from nobat.people.models import Person


class SuspensionQuerySet(models.QuerySet["Suspension"]):
    def of(self, citizen: Person) -> Self:
        return self.filter(citizen=citizen)

    def running(self, now: datetime) -> Self:
        return self.filter(until__gt=now, ended_at=None)

    def explained(self) -> Self:
        """With what they are for and what was objected; the longest first."""
        story = ("cause__office", "cause__service", "objection")
        return self.select_related(*story).order_by("-until", "-pk")


class Suspension(models.Model):
    """A citizen who may not book until a moment, and why."""

    citizen = models.ForeignKey(Person, models.PROTECT, db_index=False)
    cause = models.OneToOneField("appointments.Appointment", models.PROTECT)
    starts_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # before its time: objection accepted

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("starts_at")),
                name="suspension_ends_after_it_starts",
            )
        ]
        indexes = [models.Index(fields=["citizen", "until"], name="suspension_of_citizen")]

    def __str__(self) -> str:
        return f"suspension {self.pk}"


class Objection(models.Model):
    """A citizen says why a week without booking is not right; once for each week."""

    suspension = models.OneToOneField(Suspension, models.PROTECT, related_name="objection")
    text = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    is_accepted = models.BooleanField(null=True)  # null: nobody has decided yet
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted=None, decided_at=None)
                | Q(is_accepted__isnull=False, decided_at__isnull=False),
                name="an_objection_is_decided_at_a_moment",
            )
        ]

    def __str__(self) -> str:
        return f"objection {self.pk}"
