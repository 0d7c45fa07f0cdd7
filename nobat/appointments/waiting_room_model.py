"""A place before an opening at which everybody wants to book at once."""

from django.db import models
from django.db.models import Q

from nobat.people.models import Person


class WaitingPlace(models.Model):
    """One citizen's place before one opening, whatever devices they wait with.

    A used one stays, so that its ticket is worth nothing more; the same citizen may then
    stand in line again.
    """

    opening = models.DateTimeField()
    citizen = models.ForeignKey(Person, models.CASCADE)
    # The order: by lot for those who came before the opening, below 1; then by the seconds after.
    draw = models.FloatField()
    number = models.PositiveIntegerField(null=True)  # from the opening on
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opening", "citizen"],
                condition=Q(used_at=None),
                name="a_citizen_waits_in_one_place",
            ),
            models.UniqueConstraint(
                fields=["opening", "number"], name="one_place_per_number_of_an_opening"
            ),
        ]

    def __str__(self) -> str:
        return f"place {self.pk}"
