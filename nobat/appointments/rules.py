"""The numbers that the association has set, each from a day on. Only policy.py reads them."""

from typing import Self

from django.db import models
from django.db.models import Q

from nobat.people.models import Person


class RuleQuerySet(models.QuerySet["Rule"]):
    def standing(self) -> Self:
        """Those that were not replaced before their day came."""
        return self.filter(replaced_at=None)


class Rule(models.Model):
    """One number from a day on, until the next one of the same name begins.

    Rows stay as they were written: one that had not begun when another number was set for
    the same day is only marked, so that the table is its own history.
    """

    name = models.CharField(max_length=40)  # of policy.Rules
    value = models.PositiveSmallIntegerField()  # in the unit that policy.RANGES gives
    valid_from = models.DateField()
    why = models.CharField(max_length=200)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "valid_from"],
                condition=Q(replaced_at=None),
                name="one_number_per_rule_and_day",
            )
        ]
        ordering = ["-valid_from", "-set_at"]

    def __str__(self) -> str:
        return f"{self.name} {self.value} from {self.valid_from}"
