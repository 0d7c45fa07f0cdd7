"""What somebody is offered whose hour a closure took, and what they answered."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from nobat.people.models import Person


class Outcome(models.TextChoices):
    SAME_OFFICE = "same_office", "همان دفتر، روزی دیگر"
    OTHER_OFFICE = "other_office", "دفتری نزدیک با همان خدمت"
    NONE = "none", "وقتی پیدا نشد"


class Answer(models.TextChoices):
    ACCEPTED = "accepted", "پیشنهاد را پذیرفت"
    ANOTHER_HOUR = "another_hour", "ساعت دیگری گرفت"
    NOT_WANTED = "not_wanted", "نوبت را نخواست"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> Self:
        return self.filter(answer="")

    def to_call(self) -> Self:
        """Those who have not answered, and cannot be reached or have nothing to accept."""
        return self.open().filter(needs_call=True)


class Proposal(models.Model):
    """The one outcome of one displacement; the hour is held until `held_until`.

    If the proposed hour closes, too, the same row gets another one. Without an hour
    (outcome NONE) slot and times are empty.
    """

    appointment = models.ForeignKey(
        "appointments.Appointment", models.PROTECT, related_name="proposals", db_index=False
    )
    moves = models.PositiveSmallIntegerField()  # how often it had moved until then
    order = models.ForeignKey(
        "schedule.ClosureOrder", models.PROTECT, null=True, related_name="proposals", db_index=False
    )
    # What fell out.
    lost_office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    lost_starts_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=Outcome)
    slot = models.ForeignKey("schedule.Slot", models.PROTECT, null=True, related_name="+")
    second_slot = models.ForeignKey(
        "schedule.Slot", models.PROTECT, null=True, related_name="+", db_index=False
    )
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    metres = models.PositiveIntegerField(null=True)  # from the office that closed
    held_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    answer = models.CharField(max_length=12, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    needs_call = models.BooleanField(default=False)
    called_at = models.DateTimeField(null=True)
    called_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "moves"], name="one_outcome_of_each_displacement"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.NONE, slot=None, held_until=None)
                | ~Q(outcome=Outcome.NONE) & Q(slot__isnull=False, held_until__isnull=False),
                name="what_is_proposed_is_held",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="an_answer_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["order", "outcome"],
                condition=Q(order__isnull=False),
                name="proposals_of_an_order",
            )
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"

    def is_held(self, now: datetime) -> bool:
        """Whether its seat is still kept for this citizen alone."""
        return self.held_until is not None and now < self.held_until and not self.answer
